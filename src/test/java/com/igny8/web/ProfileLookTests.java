package com.igny8.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Browser;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The pages of a person, wide and narrow, and by the rules of accessibility. */
class ProfileLookTests {
    private final Product product = Product.running();

    @Test
    void aPersonLooksAfterTheirSignIn() {
        Customer customer = product.signUp();
        try (Browser browser = Browser.at(product.address())) {
            Page page = browser.open("/login");
            look(page, "login");
            page.navigate("/forgot-password");
            look(page, "forgot-password");
            page.navigate("/reset-password?token=x");
            look(page, "reset-password");
            page.navigate("/login");
            page.getByLabel("Email").fill(customer.email());
            page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                    .fill(Customer.PASSWORD);
            button(page, "Sign in");
            assertThat(page).hasURL(product.address() + "/sites");
            for (String name : List.of("profile", "profile/security", "profile/sessions")) {
                page.navigate("/" + name);
                look(page, name.replace('/', '-'));
            }
            page.navigate("/profile/security");
            page.getByLabel("Your password").fill(Customer.PASSWORD);
            button(page, "Set up a second factor");
            assertThat(page).hasURL(product.address() + "/profile/security/second-factor");
            assertThat(page.locator("svg.qr")).isVisible();
            look(page, "second-factor");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void button(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).click();
    }

    private static void look(Page page, String name) {
        Browser.shoot(page, name);
        Browser.assertAccessible(page);
    }
}
