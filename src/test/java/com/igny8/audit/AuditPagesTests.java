package com.igny8.audit;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.identity.NewUser;
import com.igny8.identity.Users;
import com.igny8.tenancy.AuditLog;
import com.igny8.testing.Browser;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.regex.Pattern;

/** The audit log in a browser, wide and narrow. */
class AuditPagesTests {
    private final Product product = Product.running();

    private static void signIn(Page page, String email) {
        page.getByLabel("Email").fill(email);
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                .fill(Customer.PASSWORD);
        page.locator("main button[type=submit]").click();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    @Test
    void anAdminReadsWhatWasDone() {
        Customer customer = product.signUp(Map.of("first_name", "Ada", "last_name", "Lovelace"));
        customer.api().post("auth/sites/", Customer.site("Cloud Notes", "notes.example"));
        customer.inside(
                () -> {
                    AuditLog log = product.bean(AuditLog.class);
                    log.recordChange(
                            "site.changed",
                            "site:1",
                            Map.of("name", "Cloud Notes"),
                            Map.of("name", "Notes", "domain", "x".repeat(180) + ".example"),
                            Map.of("name", "Cloud Notes", "domain", "y".repeat(180) + ".example"));
                    for (int i = 0; i < 60; i++) {
                        log.record("keywords.imported", "site:1", Map.of("imported", 1000 + i));
                    }
                    return true;
                });
        try (Browser browser = Browser.at(product.address())) {
            Page page = browser.open("/login?next=/account/audit");
            signIn(page, customer.email());
            assertThat(page).hasURL(Pattern.compile(".*/account/audit$"));
            assertThat(page.getByText("imported 1,059 keywords")).isVisible();
            Browser.shoot(page, "audit");
            Browser.assertAccessible(page);

            page.getByRole(AriaRole.LINK, named("Older")).click();
            assertThat(page.getByText("added the site Cloud Notes")).isVisible();
            page.locator("tr", new Page.LocatorOptions().setHasText("changed the site"))
                    .getByText("Details")
                    .click();
            Browser.shoot(page, "audit-older");
            Browser.assertAccessible(page);
            page.getByRole(AriaRole.LINK, named("Newer")).click();
            assertThat(page.getByText("imported 1,059 keywords")).isVisible();

            page.getByLabel("What it is about").selectOption("Members");
            page.getByRole(AriaRole.BUTTON, named("Show").setExact(true)).click();
            assertThat(page.getByText("Nothing found")).isVisible();
            Browser.shoot(page, "audit-nothing");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void anOperatorReadsWhatWasDoneOnAllAccounts() {
        Customer customer = product.signUp(Map.of("account_name", "Analytical Engines"));
        String email = Product.freshEmail();
        assertThat(
                        product.bean(Users.class)
                                .createOperator(
                                        new NewUser(email, Customer.PASSWORD, "Grace", "Hopper")))
                .isPresent();
        try (Browser browser = Browser.at(product.address())) {
            Page page = browser.open("/login?next=/console/audit");
            signIn(page, email);
            assertThat(page.getByText("opened the account").first()).isVisible();
            Browser.shoot(page, "console-audit");
            Browser.assertAccessible(page);

            page.navigate("/console/audit?account=" + customer.accountId());
            assertThat(page.locator("tbody tr")).hasCount(1);
            assertThat(page.locator(".page-lead")).containsText("Analytical Engines");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
