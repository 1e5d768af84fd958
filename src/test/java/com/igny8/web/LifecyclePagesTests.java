package com.igny8.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.igny8.testing.Browser;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

class LifecyclePagesTests {
    private final Product product = Product.running();

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)).first();
    }

    private static void look(Page page, String name) {
        Browser.shoot(page, name);
        Browser.assertAccessible(page);
    }

    private static void signIn(Page page, Customer customer) {
        page.getByLabel("Email").fill(customer.email());
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                .fill(Customer.PASSWORD);
        page.locator("main button[type=submit]").click();
    }

    @Test
    void aSiteIsEditedDeletedAndRestored() {
        Customer customer = product.signUp();
        UUID site =
                customer.api()
                        .post("auth/sites/", Customer.site("Cloud Notes", "old.example"))
                        .expect(201)
                        .id();
        customer.addSector(site);
        customer.api()
                .upload(
                        "planner/keywords/import/",
                        Map.of("site", site.toString()),
                        "list.txt",
                        "crm software\nbest crm".getBytes(UTF_8))
                .expect(200);
        try (Browser browser = Browser.at(product.address())) {
            Page page = browser.open("/login");
            signIn(page, customer);
            page.navigate("/sites/new");
            assertThat(page.locator("main")).containsText("has room for one site");
            look(page, "site-full");

            page.navigate("/sites/" + site);
            assertThat(page.locator(".way .is-now")).containsText("Cluster them");
            page.locator(".row-more summary").click();
            look(page, "site-sector-edit");
            page.locator(".tabs").getByText("Edit").click();
            page.getByLabel("Web address").fill("localhost");
            page.getByLabel("Name").fill("");
            button(page, "Save").click();
            assertThat(page.locator("#name-error")).isVisible();
            assertThat(page.locator("#domain-error")).isVisible();
            look(page, "site-edit-wrong");
            page.getByLabel("Name").fill("Cloud Notes");
            page.getByLabel("Web address").fill("new.example");
            button(page, "Save").click();
            assertThat(page.locator(".domain")).containsText("new.example");

            page.navigate("/sites/" + site + "/keywords");
            page.getByLabel("Select best crm").check();
            look(page, "keywords-select");
            button(page, "Delete selected").click();
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("1 keyword is deleted");

            page.navigate("/sites/" + site + "/edit");
            button(page, "Delete this site").click();
            assertThat(page.locator("main")).containsText("14 days left");
            look(page, "sites-deleted");
            page.locator("main").getByText("Restore").click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .containsText("Cloud Notes");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void anAccountIsDeletedAndRestoredByItsOwner() {
        Customer customer = product.signUp(Map.of("account_name", "Analytical Engines"));
        try (Browser browser = Browser.at(product.address())) {
            Page page = browser.open("/login");
            signIn(page, customer);
            assertThat(page).hasURL(Pattern.compile(".*/sites$"));
            page.navigate("/account/settings");
            look(page, "account-settings");
            page.getByLabel("Contact email").fill("nobody");
            page.getByLabel("Name").fill("");
            button(page, "Save").click();
            assertThat(page.locator("#name-error")).isVisible();
            assertThat(page.locator("#contact_email-error")).isVisible();
            page.navigate("/account/settings");
            page.getByLabel("Name").fill("Engines");
            button(page, "Save").click();
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("Settings saved");

            link(page, "Delete this account").click();
            page.getByLabel("Short name of the account").fill("nonsense");
            page.getByLabel("Your password").fill("not my password");
            button(page, "Delete this account").click();
            assertThat(page.locator("#confirm-error")).isVisible();
            assertThat(page.locator("#password-error")).isVisible();
            look(page, "account-delete");
            page.getByLabel("Short name of the account")
                    .fill(page.locator("main code").first().textContent());
            page.getByLabel("Your password").fill(Customer.PASSWORD);
            button(page, "Delete this account").click();
            assertThat(page).hasURL(Pattern.compile(".*/account/deleted$"));
            look(page, "account-deleted");

            page.navigate("/sites");
            link(page, "Restore it or export its data").click();
            button(page, "Restore the account").click();
            assertThat(page).hasURL(Pattern.compile(".*/sites$"));
            // The one complaint is of the page that was refused
            assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("40"));
        }
    }
}
