package com.igny8.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.account.Accounts;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What was to be paid for a month, and is taken back by the operator. */
class WithdrawnInvoiceTests {
    private static final Instant NEW_YEARS_EVE = Instant.parse("2026-12-31T10:00:00Z");

    private final Product product = Product.running();
    private final Clockwork clockwork = new Clockwork(product, (account, attempt) -> false);
    private final Operator operator = Operator.of(product);
    private final Customer customer = behind();

    /** Paid for January, and not for February. */
    private Customer behind() {
        Customer behind =
                product.signUp(Map.of("plan_slug", "starter", "payment_method", "bank_transfer"));
        clockwork.stopAt(behind, NEW_YEARS_EVE);
        clockwork.payOpen(behind);
        clockwork.days(behind, 32);
        return behind;
    }

    private Subscription.Status status() {
        return clockwork.subscription(customer).status();
    }

    private String accountStatus() {
        return customer.inside(() -> product.bean(Accounts.class).current().status().key());
    }

    private List<UUID> open() {
        return customer.inside(
                () -> product.bean(Invoices.class).open().stream().map(Invoice::id).toList());
    }

    private void annul(UUID invoice) {
        operator.api()
                .post("console/invoices/" + invoice + "/void/", Map.of("reason", "Wrong name"))
                .expect(200);
    }

    @Test
    void whoseInvoiceIsAnnulledIsNotBehindAndIsBilledAnew() {
        UUID first = open().getFirst();
        assertThat(status()).isEqualTo(Subscription.Status.PAST_DUE);

        annul(first);

        assertThat(status()).isEqualTo(Subscription.Status.ACTIVE);
        clockwork.days(customer, 1);
        assertThat(status()).isEqualTo(Subscription.Status.PAST_DUE);
        assertThat(open()).hasSize(1).doesNotContain(first);
        clockwork.payOpen(customer);
        assertThat(status()).isEqualTo(Subscription.Status.ACTIVE);
        // A transfer that comes late pays for the days to come
        assertThat(clockwork.subscription(customer).currentPeriodEnd())
                .isEqualTo("2027-03-02T10:00:00Z");
    }

    @Test
    void soIsWhoseInvoiceIsCreditedBeforeAnythingWasPaid() {
        operator.api()
                .post(
                        "console/invoices/" + open().getFirst() + "/credit-notes/",
                        Map.of("reason", "Wrong name"))
                .expect(201);

        assertThat(status()).isEqualTo(Subscription.Status.ACTIVE);
    }

    /** Guard: whoever shut an account may have had other reasons than what is owed. */
    @Test
    void anAccountThatIsShutStaysSoUntilItIsReinstatedAndIsBilledFromThenOn() {
        clockwork.days(customer, 20);
        assertThat(accountStatus()).isEqualTo("suspended");

        annul(open().getFirst());

        assertThat(accountStatus()).isEqualTo("suspended");
        assertThat(status()).isEqualTo(Subscription.Status.PAST_DUE);
        operator.reinstate(customer).expect(200);
        assertThat(accountStatus()).isEqualTo("active");
        assertThat(status()).isEqualTo(Subscription.Status.ACTIVE);
        Instant from = clockwork.subscription(customer).currentPeriodEnd();
        assertThat(from).isAfter("2027-02-15T00:00:00Z");
        clockwork.days(customer, 1);
        assertThat(open()).hasSize(1);
    }
}
