package com.igny8.invoice;

import com.igny8.account.AccountClock;
import com.igny8.account.Accounts;
import com.igny8.kernel.Money;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AccountSql;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The invoices of the bound account: issued, settled, closed. */
@Component
public class Invoices {
    private final TenantTransactions transactions;
    private final InvoiceReading reading;
    private final InvoiceWriting writing;
    private final InvoiceMoves moves;
    private final CustomerBalance balance;
    private final InvoiceLetters letters;
    private final AccountClock clock;
    private final ApplicationEventPublisher events;

    Invoices(
            TenantTransactions transactions,
            InvoiceReading reading,
            InvoiceWriting writing,
            InvoiceMoves moves,
            CustomerBalance balance,
            InvoiceLetters letters,
            AccountClock clock,
            ApplicationEventPublisher events) {
        this.transactions = transactions;
        this.reading = reading;
        this.writing = writing;
        this.moves = moves;
        this.balance = balance;
        this.letters = letters;
        this.clock = clock;
        this.events = events;
    }

    /** What an invoice would come to if it were issued now. */
    public Tax.Amounts preview(NewInvoice wanted) {
        return writing.preview(wanted);
    }

    /**
     * Issues an invoice. What the customer has with us pays it, as far as that goes; where nothing
     * is due then, what it is for is delivered. The number is taken after all that, because whoever
     * has taken one makes all others wait until the transaction ends: issue at the end of yours.
     */
    public Invoice issue(NewInvoice wanted) {
        return transactions.write(
                sql -> {
                    Accounts.lock(sql);
                    Instant now = clock.now();
                    InvoiceWriting.Draft draft = writing.draft(sql, wanted, now);
                    Money total = draft.invoice().total();
                    Money prepaid = balance.locked(sql, wanted.currency()).min(total);
                    if (prepaid.isPositive()) {
                        events.publishEvent(new PaidFromBalance(draft.invoice().id(), prepaid));
                    }
                    if (prepaid.equals(total)) {
                        events.publishEvent(new PurchasePaid(draft.invoice()));
                    }
                    Invoice issued = writing.issue(sql, draft, prepaid, now);
                    balance.payFor(sql, issued);
                    tell(issued);
                    return issued;
                });
    }

    private void tell(Invoice issued) {
        events.publishEvent(new InvoiceIssued(issued));
        if (issued.due().isPositive()) {
            letters.issued(issued);
        } else {
            tellPaid(issued);
        }
    }

    private void tellPaid(Invoice paid) {
        events.publishEvent(new InvoicePaid(paid));
        if (paid.paid().isPositive()) {
            letters.paid(paid);
        }
    }

    /** An invoice of the account; 404 where there is none. */
    public Invoice get(UUID id) {
        return transactions
                .read(sql -> reading.find(sql, id))
                .orElseThrow(() -> Problem.notFound("Invoice"));
    }

    /** Those of a status, or all; youngest first. */
    public Page<Invoice> page(PageRequest page, Invoice.@Nullable Status status) {
        return transactions.read(sql -> reading.page(sql, page, status));
    }

    /** The oldest invoice of a subscription that waits to be paid. */
    public Optional<Invoice> openFor(UUID subscriptionId) {
        return transactions.read(sql -> reading.openFor(sql, subscriptionId));
    }

    /** All invoices that wait to be paid, the oldest first. */
    public List<Invoice> open() {
        return transactions.read(reading::open);
    }

    /** All invoices of a subscription that wait to be paid; nobody else changes them meanwhile. */
    public List<Invoice> lockedOpen(UUID subscriptionId) {
        return transactions.write(
                sql -> {
                    Accounts.lock(sql);
                    return reading.open(sql).stream()
                            .filter(invoice -> subscriptionId.equals(invoice.subscriptionId()))
                            .toList();
                });
    }

    /** An invoice of the account, which nobody else changes until the transaction ends. */
    public Invoice locked(UUID id) {
        return transactions.write(sql -> locked(sql, id));
    }

    Invoice locked(AccountSql sql, UUID id) {
        Accounts.lock(sql);
        return get(id);
    }

    /** As below, of an invoice as it stands now. */
    public Invoice settle(UUID id, Money received) {
        return transactions.write(sql -> settle(sql, locked(sql, id), received));
    }

    /**
     * Puts money that came in against an invoice that is {@link #locked}. What it does not need
     * becomes the customer's balance; where nothing is due any more the invoice is paid, and told
     * so.
     */
    public Invoice settle(Invoice before, Money received) {
        return transactions.write(sql -> settle(sql, before, received));
    }

    private Invoice settle(AccountSql sql, Invoice before, Money received) {
        if (received.isNegative()) {
            throw new IllegalArgumentException("Received " + received);
        }
        Money used = received.min(before.due());
        if (received.compareTo(used) > 0) {
            balance.add(
                    received.minus(used),
                    CustomerBalance.Reason.OVERPAYMENT,
                    before.id(),
                    "Paid more than was due on " + before.number());
        }
        if (!before.status().isPayable()) {
            return before;
        }
        boolean isPaid = used.equals(before.due());
        moves.pay(sql, before.id(), used, isPaid);
        Invoice after = get(before.id());
        if (isPaid) {
            tell(before, after);
        }
        return after;
    }

    /** What it is for is delivered once; for what nothing was paid, nothing is. */
    private void tell(Invoice before, Invoice settled) {
        boolean isPaid = settled.paid().isPositive();
        if (before.isReopened()) {
            events.publishEvent(new InvoicePaidAgain(settled));
            if (isPaid) {
                letters.paid(settled);
            }
        } else if (isPaid || settled.total().isZero()) {
            events.publishEvent(new PurchasePaid(settled));
            tellPaid(settled);
        }
    }

    /**
     * Takes off what a credit note took back. Where that was all that was still due, nobody waits
     * for money any more.
     *
     * @param returned what of it had been paid, and was given back
     */
    void credited(AccountSql sql, Invoice before, Money amount, Money returned) {
        boolean isSettled = before.status().isPayable() && amount.compareTo(before.due()) >= 0;
        moves.credit(sql, before.id(), amount, returned, isSettled);
        if (isSettled) {
            tell(before, get(before.id()));
        }
    }

    /**
     * Takes back what was paid, because the money is gone and no credit note answers for it: that
     * is to be paid again. What the invoice is for was delivered, and is not when it is paid again.
     *
     * @return what was taken: at most what was paid
     */
    public Money reopen(UUID id, Money gone) {
        return transactions.write(
                sql -> {
                    Invoice before = locked(sql, id);
                    Money taken = gone.min(before.paid());
                    if (taken.isPositive()) {
                        moves.takeBack(sql, id, taken);
                    }
                    if (taken.isPositive() && before.status() == Invoice.Status.PAID) {
                        events.publishEvent(new InvoiceReopened(get(id)));
                    }
                    return taken;
                });
    }

    /**
     * Notes for which time an invoice was delivered, where that is not what it says: it was paid
     * late, or early.
     */
    public void delivered(Invoice invoice, Instant from, Instant end) {
        transactions.run(sql -> moves.serve(sql, invoice.id(), from, end));
    }

    /** Takes an open invoice back; 409 where something was paid on it, or it is not open. */
    public Invoice annul(UUID id) {
        return close(id, Invoice.Status.VOID);
    }

    /** Gives an open invoice up; it can still be paid. 409 where it is not open. */
    public Invoice giveUp(UUID id) {
        return close(id, Invoice.Status.UNCOLLECTIBLE);
    }

    private Invoice close(UUID id, Invoice.Status status) {
        return transactions.write(
                sql -> {
                    Invoice before = locked(sql, id);
                    if (before.status() != Invoice.Status.OPEN) {
                        throw before.notOpen();
                    }
                    if (status == Invoice.Status.VOID && before.isReopened()) {
                        throw Problem.conflict(
                                "invoice_delivered",
                                "What this invoice is for was delivered before its money was taken"
                                        + " back; write a credit note instead");
                    }
                    if (status == Invoice.Status.VOID
                            && before.paid().plus(before.credited()).isPositive()) {
                        throw Problem.conflict(
                                "invoice_partly_paid",
                                "A part of this invoice is paid or taken back; write a credit note"
                                        + " instead");
                    }
                    moves.close(sql, id, status);
                    return get(id);
                });
    }
}
