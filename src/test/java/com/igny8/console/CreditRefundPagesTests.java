package com.igny8.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Operator;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What operators give back, by the pages. */
class CreditRefundPagesTests {
    private final Product product = Product.running();
    private final Customer customer = product.signUp();
    private final String account = "/console/accounts/" + customer.accountId();
    private final PageClient operator = PageClient.signedIn(product, Operator.of(product).email());
    private String once = "";

    @BeforeEach
    void somethingWasTaken() {
        customer.api()
                .post(
                        "billing/credits/deductions/",
                        Map.of("amount", 100, "operation", "test", "reference", "Images"))
                .expect(201);
        assertThat(page("/statement")).contains(account + "/refund?entry=2");
        String form = page("/refund?entry=2");
        assertThat(form).containsPattern("name=\"entry\"[^>]* value=\"2\"");
        Matcher name = Pattern.compile("name=\"once\" value=\"([^\"]+)\"").matcher(form);
        assertThat(name.find()).isTrue();
        once = name.group(1);
    }

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(LedgerInvariants.violations(product.superuser())).isEmpty();
    }

    private String page(String below) {
        return operator.get(account + below).expect(200).body();
    }

    private Map<String, String> filled(String amount) {
        return Map.of("once", once, "entry", "2", "amount", amount, "reason", "Blurred");
    }

    @Test
    void aDeductionIsGivenBackWithAReasonAndWrittenDown() {
        assertThat(operator.sendAndFollow(account + "/refund", filled("40")).body())
                .contains("Credits given back: 1,940 available");

        assertThat(page("/statement")).contains("Blurred", "Refund", "of number 2", "+40");
        assertThat(page("/statement?cursor=3")).contains("−100").doesNotContain("+40");
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT details->>'reason' || ' ' || (details->>'amount')
                                          FROM audit_entry
                                         WHERE account_id = ? AND action = 'credits.refunded'
                                        """)
                                .param(customer.accountId())
                                .query((row, number) -> row.getString(1))
                                .list())
                .isEqualTo(List.of("Blurred 40"));
    }

    @Test
    void aFormSentTwiceGivesBackOnce() {
        operator.send(account + "/refund", filled("40")).expect(303);
        operator.send(account + "/refund", filled("40")).expect(303);
        operator.send(account + "/refund", filled("41")).expect(422);

        assertThat(customer.balance().available()).isEqualTo(1940);
    }

    @Test
    void allOfItComesBackWhereNothingIsSaidAndNeverMore() {
        assertThat(operator.send(account + "/refund", filled("101")).expect(409).body())
                .contains("100 credits can still be given back");
        operator.send(account + "/refund", filled("x")).expect(400);
        operator.send(account + "/refund", filled("-5")).expect(400);
        operator.send(account + "/refund", filled("")).expect(303);

        assertThat(customer.balance().available()).isEqualTo(2000);
    }

    @Test
    void whatIsNotThereIsNotGivenBack() {
        Map<String, String> grant = Map.of("entry", "1", "reason", "Why not");
        operator.send(account + "/refund", grant).expect(409);
        Map<String, String> nothing = Map.of("entry", "77", "reason", "Why not");
        assertThat(operator.send(account + "/refund", nothing).expect(404).body())
                .contains("Entry not found", "Why not");
        operator.send("/console/accounts/" + UUID.randomUUID() + "/refund", nothing).expect(404);

        assertThat(customer.balance().available()).isEqualTo(1900);
    }
}
