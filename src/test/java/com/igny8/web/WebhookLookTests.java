package com.igny8.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.igny8.testing.Browser;
import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;
import com.igny8.testing.Receiver;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The pages of webhooks, a customer's and the operator's. */
class WebhookLookTests {
    private final Product product = Product.running();

    @Test
    void everyPageCanBeUsedOnAnyScreen() {
        Customer customer = product.signUp();
        Operator operator = Operator.of(product);
        try (Receiver receiver = new Receiver();
                Browser browser = Browser.at(product.address())) {
            Page page = signIn(browser, customer.email());
            page.navigate("/account/webhooks");
            look(page, "webhooks-empty");
            page.getByRole(AriaRole.LINK, named("Add an endpoint")).click();
            page.getByLabel("Address").fill("example.com");
            button(page, "Add endpoint");
            look(page, "webhook-new");
            page.getByLabel("Address").fill(receiver.address("/a/rather/long/path/of/our/books"));
            page.getByLabel("Description").fill("Our books");
            page.getByLabel("invoice.paid").check();
            page.getByLabel("subscription.changed").check();
            button(page, "Add endpoint");
            assertThat(page.getByText("Copy the secret now")).isVisible();
            look(page, "webhook-made");
            receiver.answers(any -> 500);
            button(page, "Send a test");
            Awaitility.await()
                    .pollInSameThread() // A page belongs to the thread that opened it
                    .until(() -> reloaded(page).getByText("Answered 500").isVisible());
            look(page, "webhook-delivery");
            page.navigate("/account/webhooks");
            look(page, "webhooks");
            page.getByRole(AriaRole.LINK, named("http")).click();
            look(page, "webhook");

            page.context().clearCookies();
            Page console = signIn(browser, operator.email());
            console.navigate("/console/webhooks");
            look(console, "console-webhooks");
            console.navigate("/console/webhook-deliveries?search=" + customer.accountId());
            assertThat(console.getByText("Answered 500")).isVisible();
            look(console, "console-webhook-deliveries");
            org.assertj.core.api.Assertions.assertThat(browser.complaints()).isEmpty();
        }
    }

    private static Page signIn(Browser browser, String email) {
        Page page = browser.open("/login");
        page.getByLabel("Email").fill(email);
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                .fill(Customer.PASSWORD);
        button(page, "Sign in");
        page.waitForURL(address -> !address.endsWith("/login"));
        return page;
    }

    private static Page reloaded(Page page) {
        page.reload();
        return page;
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static void button(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, named(name).setExact(true)).click();
    }

    private static void look(Page page, String name) {
        Browser.shoot(page, name);
        Browser.assertAccessible(page);
    }
}
