package com.igny8.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.credit.Ledger;
import com.igny8.testing.Browser;
import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.Test;

import java.util.UUID;

/** Keys, the operator's console and looking as the owner, in a browser. */
class AccessPagesTests {
    private final Product product = Product.running();
    private final Customer customer = product.signUp();

    @Test
    void aKeyIsMadeUsedRotatedAndRevoked() {
        try (Browser browser = Browser.at(product.address())) {
            Page page = signIn(browser, customer.email());
            page.navigate("/account/keys");
            assertThat(page.getByText("First, a site")).isVisible();
            customer.addSite();
            page.navigate("/account/keys");
            look(page, "keys-empty");
            link(page, "Make an API key").click();
            button(page, "Make key").click();
            assertThat(page.getByText("Say what the key is for")).isVisible();
            assertThat(page.getByText("Choose the site")).isVisible();
            look(page, "key-new");
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                    .fill("WordPress bridge");
            page.getByLabel("Site", new Page.GetByLabelOptions().setExact(true))
                    .selectOption("Site");
            page.getByLabel("See the site and its sectors").check();
            page.getByLabel("See keywords").check();
            button(page, "Make key").click();

            String key = page.locator("#new-key").textContent();
            assertThat(key).startsWith("igny8_live_");
            look(page, "key-shown-once");
            product.api().as(key).get("auth/sites/").expect(200);
            page.reload();
            assertThat(page.locator("#new-key")).hasCount(0);

            page.getByLabel("The old key stays good").selectOption("Three days");
            button(page, "Rotate").click();
            String next = page.locator("#new-key").textContent();
            product.api().as(key).get("auth/sites/").expect(200);
            product.api().as(next).get("auth/sites/").expect(200);
            page.navigate("/account/keys");
            assertThat(page.locator("tbody")).containsText("Rotating");
            look(page, "keys");

            link(page, "WordPress bridge").click();
            button(page, "Revoke key").click();
            assertThat(page.getByText("Tick the box if you are sure")).isVisible();
            look(page, "key-revoke");
            page.getByLabel("I am sure").check();
            button(page, "Revoke key").click();
            assertThat(page.getByRole(AriaRole.STATUS))
                    .hasText("The key WordPress bridge is revoked");
            product.api().as(next).get("auth/sites/").expectRefusal(401, "api_key_revoked");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void anOperatorLooksAtAnAccountAndActs() {
        Operator operator = Operator.of(product);
        UUID site = customer.addSite();
        customer.inside(
                () -> product.bean(Ledger.class).deduct(300, "images", "5", "Images for " + site));
        try (Browser browser = Browser.at(product.address())) {
            Page page = signIn(browser, operator.email());
            page.navigate("/sites");
            assertThat(page.getByText("Open one in the console")).isVisible();
            look(page, "operator-at-sites");
            page.navigate("/console?search=" + customer.email());
            page.locator("tbody a").first().click();
            look(page, "console-account");
            link(page, "Adjust credits").click();
            look(page, "console-credits");
            page.getByLabel("Credits").fill("500");
            page.getByLabel("Reason").fill("Import failed on our side");
            button(page, "Adjust credits").click();
            assertThat(page.getByRole(AriaRole.STATUS))
                    .hasText("Credits adjusted: 2,200 available");

            link(page, "Statement and refunds").click();
            link(page, "Give number 2 back").click();
            page.getByLabel("Reason").fill("The picture was blurred");
            page.getByLabel("Credits").fill("500");
            button(page, "Give credits back").click();
            assertThat(page.getByText("300 credits can still be given back")).isVisible();
            look(page, "console-refund");
            page.getByLabel("Credits").fill("100");
            button(page, "Give credits back").click();
            assertThat(page.getByRole(AriaRole.STATUS))
                    .hasText("Credits given back: 2,300 available");
            link(page, "Statement and refunds").click();
            look(page, "console-statement");
            page.locator(".crumbs a").last().click();

            link(page, "Look as owner").click();
            page.getByLabel("Reason").fill("Ticket 17");
            button(page, "Look as owner").click();
            assertThat(page.getByRole(AriaRole.REGION, named("Looking as the owner"))).isVisible();
            look(page, "looking");
            page.navigate("/account/keys");
            look(page, "looking-keys");
            button(page, "Stop").click();
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("You are yourself again");

            link(page, "Suspend").click();
            look(page, "console-suspend");
            button(page, "Suspend account").click();
            assertThat(page.getByText("Say why")).isVisible();
            page.getByLabel("Reason").fill("Unpaid since March");
            button(page, "Suspend account").click();
            look(page, "console-suspended");
            button(page, "Reinstate").click();
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("The account is active again");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static Page signIn(Browser browser, String email) {
        Page page = browser.open("/login");
        page.getByLabel("Email").fill(email);
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                .fill(Customer.PASSWORD);
        page.locator("main button[type=submit]").click();
        assertThat(page.getByText("Account menu")).isAttached();
        return page;
    }

    private static void look(Page page, String name) {
        Browser.shoot(page, name);
        Browser.assertAccessible(page);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, named(name)).first();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }
}
