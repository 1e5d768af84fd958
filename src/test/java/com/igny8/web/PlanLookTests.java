package com.igny8.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.igny8.testing.Browser;
import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

/** The price list, and the pages on which operators write it. */
class PlanLookTests {
    private final Product product = Product.running();

    @Test
    void operatorsWriteThePriceListThatVisitorsRead() {
        String slug = "look-" + UUID.randomUUID();
        Operator operator = Operator.of(product);
        try (Browser browser = Browser.at(product.address())) {
            Page page = browser.open("/login");
            page.getByLabel("Email").fill(operator.email());
            page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                    .fill(Customer.PASSWORD);
            button(page, "Sign in");
            page.navigate("/console/plans/new");
            page.getByLabel("Price a month").fill("a lot");
            button(page, "Add plan");
            assertThat(page.getByText("Write the amount as 139.00")).isVisible();
            look(page, "console-plan-new");
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Studio");
            page.getByLabel("Short name").fill(slug);
            page.getByLabel("Price a month").fill("49.50");
            page.getByLabel("Price a year").fill("495");
            page.getByLabel("Included credits").fill("1,500");
            page.getByLabel("On offer").check();
            page.getByLabel("AI writer").check();
            page.getByLabel("Automatic publishing").check();
            button(page, "Add plan");
            assertThat(page).hasURL(product.address() + "/console/plans/" + slug);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Add a version"))
                    .click();
            page.getByLabel("Included credits").fill("1,800");
            look(page, "console-plan-terms");
            button(page, "Add version");
            assertThat(page.getByText("Version 2 is there")).isVisible();
            look(page, "console-plan");
            for (String name :
                    List.of("plans", "credit-costs", "credit-packs", "credit-packs/new")) {
                page.navigate("/console/" + name);
                assertThat(page.locator(".problem")).hasCount(0);
                look(page, "console-" + name.replace('/', '-'));
            }

            page.context().clearCookies();
            page.navigate("/pricing");
            look(page, "pricing");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Annual")).click();
            assertThat(page.getByText("Saves $99 a year")).isVisible();
            assertThat(
                            page.getByRole(
                                    AriaRole.LINK,
                                    new Page.GetByRoleOptions().setName("Choose Studio")))
                    .hasAttribute("href", "/signup?plan=" + slug + "&billing=annual");
            look(page, "pricing-annual");
            org.assertj.core.api.Assertions.assertThat(browser.complaints()).isEmpty();
        } finally {
            product.sql()
                    .sql("UPDATE plan SET is_public = false WHERE slug = ?")
                    .param(slug)
                    .update();
        }
    }

    private static void button(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private static void look(Page page, String name) {
        Browser.shoot(page, name);
        Browser.assertAccessible(page);
    }
}
