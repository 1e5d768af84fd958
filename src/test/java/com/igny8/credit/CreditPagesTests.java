package com.igny8.credit;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.igny8.testing.Browser;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.UUID;

/** Where credits went, and who may use how many, in a browser, wide and narrow. */
class CreditPagesTests {
    private final Product product = Product.running();

    @Test
    void anOwnerSeesWhatWasUsedAndSetsABudget() {
        String unbreakable = UUID.randomUUID().toString().replace('-', 'x');
        Customer customer =
                product.signUp(Map.of("email", unbreakable + "@" + "b".repeat(60) + ".example"));
        customer.api()
                .post(
                        "billing/credits/deductions/",
                        Map.of(
                                "amount",
                                12,
                                "operation",
                                "image_generation",
                                "reference",
                                "image:1",
                                "site",
                                customer.addSite()))
                .expect(201);
        try (Browser browser = Browser.at(product.address())) {
            Page page = browser.open("/login?next=/account/credits/usage");
            page.getByLabel("Email").fill(customer.email());
            page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                    .fill(Customer.PASSWORD);
            page.locator("main button[type=submit]").click();
            assertThat(page.getByText("Image generation")).isVisible();
            Browser.shoot(page, "credit-usage");
            Browser.assertAccessible(page);

            page.getByRole(AriaRole.LINK, named("Budgets and alerts")).click();
            assertThat(page.getByText("No budgets yet")).isVisible();
            page.getByLabel("For", new Page.GetByLabelOptions().setExact(true))
                    .selectOption("member:" + customer.userId());
            page.getByLabel("Credits a month").fill("500");
            page.getByRole(AriaRole.BUTTON, named("Set budget")).click();
            assertThat(page.getByText("The budget is set")).isVisible();
            Browser.shoot(page, "credit-budgets");
            Browser.assertAccessible(page);

            page.getByRole(AriaRole.LINK, named("Statement")).click();
            assertThat(page.getByText("Included in Free Trial")).isVisible();
            Browser.shoot(page, "credit-statement");
            Browser.assertAccessible(page);
            org.assertj.core.api.Assertions.assertThat(browser.complaints()).isEmpty();
        }
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
