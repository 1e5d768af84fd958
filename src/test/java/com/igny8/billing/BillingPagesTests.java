package com.igny8.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

import java.util.Map;

class BillingPagesTests {
    private final Product product = Product.running();

    @Test
    void whoSignsUpForAPlanLandsWhereItIsPaid() {
        PageClient visitor = PageClient.of(product);
        Reply form = visitor.get("/signup?plan=growth");
        assertThat(form.body()).contains("Sign up for Growth", "$139", "Bank transfer", "PayPal");

        Reply sent =
                visitor.send(
                        "/signup",
                        Map.of(
                                "name", "Ada Lovelace",
                                "email", Product.freshEmail(),
                                "password", Customer.PASSWORD,
                                "plan", "growth",
                                "billing_interval", "month",
                                "payment_method", "bank_transfer"));
        assertThat(sent.status()).as(sent.body()).isEqualTo(303);
        Reply done = visitor.get("/signup/done");
        String pay = done.headers().firstValue("Location").orElseThrow();
        assertThat(pay).matches("/account/invoices/[-0-9a-f]{36}/pay");
        assertThat(visitor.get(pay).body())
                .contains("Pay $139.00", "Growth, one month", "By bank transfer");
        assertThat(visitor.get("/account").body()).contains("waits to be paid", pay);
    }

    @Test
    void anOwnerSeesWhatAnotherPlanComesToBeforeChangingToIt() {
        Customer customer = product.signUp();
        PageClient owner = PageClient.signedIn(customer);

        assertThat(owner.get("/account/plan").body()).contains("Growth: $139 a month");
        Reply preview = owner.get("/account/plan?plan=scale&billing_interval=month");
        assertThat(preview.body()).contains("To Scale", "$229.00", "Bank transfer");
        Reply withoutMethod = owner.send("/account/plan", Map.of("plan", "scale"));
        assertThat(withoutMethod.expect(400).body())
                .contains("To Scale", "$229.00", "Choose how to pay");
        Reply changed =
                owner.send(
                        "/account/plan",
                        Map.of("plan", "scale", "payment_method", "bank_transfer"));
        assertThat(changed.headers().firstValue("Location").orElseThrow()).endsWith("/pay");

        assertThat(owner.get("/account/credit-packs").body()).contains("2,000 credits", "$99.00");
        Reply cancelled = owner.send("/account/cancel", "/account/cancel", Map.of());
        assertThat(cancelled.headers().firstValue("Location")).hasValue("/account");
        assertThat(owner.get("/account").body())
                .contains("It is cancelled", "Keep the subscription");
        owner.send("/account", "/account/resume", Map.of());
        assertThat(owner.get("/account").body()).doesNotContain("It is cancelled");
    }

    @Test
    void thereIsAWayOnFromThePriceListAndFromTheCreditsOnSale() {
        PageClient owner = PageClient.signedIn(product.signUp());

        Document prices = Jsoup.parse(owner.get("/pricing").expect(200).body());
        Reply plan = owner.get(prices.select("a:contains(Change to Scale)").attr("href"));
        Document packs = Jsoup.parse(owner.get("/account/credit-packs").expect(200).body());

        assertThat(plan.expect(200).body()).contains("To Scale", "$229.00");
        assertThat(packs.select("main form")).isEmpty();
        assertThat(packs.select("main a[href=/account/payments]")).hasSize(1);
        assertThat(Jsoup.parse(product.api().get("/pricing").body()).select("main").text())
                .doesNotContain("Change to");
    }

    @Test
    void anOperatorAdvancesAClockOfATestAccountOnly() {
        Customer customer = product.signUp();
        Operator operator = Operator.of(product);

        operator.act(customer, "test-clock/advance", Map.of("months", 1))
                .expectRefusal(409, "no_test_clock");
        operator.act(customer, "test-clock", "").expect(200);
        operator.act(customer, "test-clock", "").expectRefusal(409, "has_test_clock");
        operator.act(customer, "test-clock/advance", Map.of("days", -1)).expectInvalid("months");
        operator.act(customer, "test-clock/advance", Map.of("days", 15)).expect(200);

        customer.api().get("auth/sites/").expectRefusal(403, "account_suspended");
        PageClient owner = PageClient.signedIn(customer);
        assertThat(owner.get("/account/plan").status()).isEqualTo(200);
        assertThat(owner.get("/account").body()).contains("Choose a plan, and it opens again");
    }
}
