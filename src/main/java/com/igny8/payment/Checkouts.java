package com.igny8.payment;

import com.igny8.account.AccountClock;
import com.igny8.account.Accounts;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Columns;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Pages of providers on which the owner of the bound account pays, or leaves a way to pay. */
@Component
class Checkouts {
    /** What a provider calls a page of its own. */
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    private static final String PAGE = "/account/payments";

    private final TenantTransactions transactions;
    private final Invoices invoices;
    private final Accounts accounts;
    private final PaymentMethods methods;
    private final PaymentOptions options;
    private final Reckoning reckoning;
    private final AuditLog auditLog;
    private final AccountClock clock;
    private final String publicUrl;

    Checkouts(
            TenantTransactions transactions,
            Invoices invoices,
            Accounts accounts,
            PaymentMethods methods,
            PaymentOptions options,
            Reckoning reckoning,
            AuditLog auditLog,
            AccountClock clock,
            @Value("${igny8.public-url}") String publicUrl) {
        this.transactions = transactions;
        this.invoices = invoices;
        this.accounts = accounts;
        this.methods = methods;
        this.options = options;
        this.reckoning = reckoning;
        this.auditLog = auditLog;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    /**
     * Opens a page on which the owner pays what is due on an invoice, and lets the provider keep
     * how, for renewals. Asked again, it is the same page for some time.
     */
    URI pay(UUID invoiceId, PaymentType type) {
        Tenancy.caller().require(Role.OWNER);
        Invoice invoice = invoices.get(invoiceId).requireDue();
        options.require(type);
        PaymentProvider provider = options.provider(type);
        provider.requirePayable(invoice.due());
        UUID paymentId = transactions.write(sql -> begin(sql, invoice, type));
        Checkout page =
                asked(
                        () ->
                                provider.open(
                                        new NewCheckout(
                                                invoice.accountId(),
                                                paymentId,
                                                invoice.due(),
                                                "Invoice " + invoice.number(),
                                                accounts.current().contactEmail(),
                                                customer(type),
                                                true,
                                                back(type, PAGE))));
        transactions.run(sql -> name(sql, paymentId, page));
        return checked(page.url());
    }

    /** The payment that waits on the page opened before, or a new one. */
    private UUID begin(AccountSql sql, Invoice invoice, PaymentType type) {
        Accounts.lock(sql);
        return sql.statement(
                        """
                        SELECT id FROM payment
                         WHERE account_id = :account_id AND invoice_id = :invoice
                           AND provider = :provider AND status = 'pending' AND attempt IS NULL
                           AND amount_minor = :amount AND begun_at > now() - interval '2 hours'
                         ORDER BY begun_at DESC LIMIT 1
                        """)
                .param("invoice", invoice.id())
                .param("provider", type.key())
                .param("amount", invoice.due().minor())
                .query(UUID.class)
                .optional()
                .orElseGet(() -> insert(sql, invoice, type));
    }

    private UUID insert(AccountSql sql, Invoice invoice, PaymentType type) {
        UUID id =
                sql.statement(
                                """
                                INSERT INTO payment (account_id, invoice_id, provider, status,
                                    amount_minor, currency, created_at, next_look_at)
                                VALUES (:account_id, :invoice, :provider, 'pending', :amount,
                                    :currency, :now, now() + interval '10 minutes')
                                RETURNING id
                                """)
                        .param("invoice", invoice.id())
                        .param("provider", type.key())
                        .param("amount", invoice.due().minor())
                        .param("currency", invoice.currency())
                        .param("now", Columns.timestamp(clock.now()))
                        .query(UUID.class)
                        .single();
        auditLog.record(
                "payment.begun",
                "payment:" + id,
                Map.of(
                        "provider",
                        type.key(),
                        "invoice",
                        Objects.requireNonNullElse(invoice.number(), ""),
                        "amount",
                        invoice.due().toString()));
        return id;
    }

    private static void name(AccountSql sql, UUID paymentId, Checkout page) {
        sql.statement(
                        """
                        UPDATE payment SET checkout_reference = :reference
                         WHERE account_id = :account_id AND id = :id
                        """)
                .param("reference", page.reference())
                .param("id", paymentId)
                .update();
    }

    private @Nullable String customer(PaymentType type) {
        return methods.all().stream()
                .filter(method -> method.type() == type)
                .map(PaymentMethod::customerReference)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private NewCheckout.Back back(PaymentType type, String whenCancelled) {
        return new NewCheckout.Back(
                URI.create(publicUrl + "/account/payments/return/" + type.key()),
                URI.create(publicUrl + whenCancelled));
    }

    /** Opens a page on which the owner leaves a way to pay, without paying yet. */
    URI keep(PaymentType type) {
        Tenancy.caller().require(Role.OWNER);
        options.require(type);
        PaymentProvider provider = options.provider(type);
        return checked(
                asked(
                                () ->
                                        provider.open(
                                                new NewKeeping(
                                                        Tenancy.accountId(),
                                                        accounts.current().contactEmail(),
                                                        customer(type),
                                                        back(type, PAGE))))
                        .url());
    }

    /**
     * Where a browser is sent to: whoever answered in the provider's name cannot send it anywhere.
     */
    private static URI checked(URI page) {
        if (!ProviderAddress.isSafe(page)) {
            throw new IllegalStateException("A provider's page has to be an https address");
        }
        return page;
    }

    /** The customer came back from a page: what they did there is looked up at once. */
    void returned(PaymentType type, String reference) {
        Tenancy.caller().require(Role.ADMIN);
        if (!REFERENCE.matcher(reference).matches()) {
            throw Problem.invalid("reference", "This is not what a provider calls a page");
        }
        UUID accountId = Tenancy.accountId();
        List<Finding> findings = asked(() -> options.provider(type).finish(reference));
        findings.stream()
                .filter(finding -> isOf(finding, accountId))
                .forEach(finding -> reckoning.reckon(type, finding));
    }

    /** A reference of somebody else's changes nothing here; theirs is told by their own events. */
    private static boolean isOf(Finding finding, UUID accountId) {
        return switch (finding) {
            case ProviderPayment payment -> payment.accountId().equals(accountId);
            case MethodKept kept -> kept.accountId().equals(accountId);
            case MethodGone gone -> false;
        };
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (ProviderFailure failure) {
            throw failure.problem();
        }
    }
}
