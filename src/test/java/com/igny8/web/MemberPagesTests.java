package com.igny8.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Browser;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Team;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.Test;

import java.util.UUID;
import java.util.regex.Pattern;

/** People who work together, in their browsers. */
class MemberPagesTests {
    private static final Pattern SITES = Pattern.compile(".*/sites$");

    private final Product product = Product.running();
    private final Team team = Team.of(product);
    private final Customer owner = team.owner();
    private final UUID site = owner.addSite();

    @Test
    void theOwnerInvitesSomebodyNewWhoJoinsAndIsManagedAndRemoved() {
        String email = Product.freshEmail();
        try (Browser owners = Browser.at(product.address());
                Browser newcomers = Browser.at(product.address())) {
            Page page = signedIn(owners, owner);
            page.navigate("/account/members");
            look(page, "members-alone");
            button(page, "Send invitation").click();
            assertThat(page.locator("#email-error")).isVisible();
            page.getByLabel("Email").fill(email);
            page.getByLabel("Role").selectOption("editor");
            page.getByLabel("Site", new Page.GetByLabelOptions().setExact(true)).check();
            button(page, "Send invitation").click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText(email);
            assertThat(page.locator("main")).containsText("2 of 5");
            look(page, "members-invited");

            Page theirs = newcomers.open("/invitations/" + team.tokenFor(email));
            look(theirs, "invitation-new");
            button(theirs, "Accept invitation").click();
            assertThat(theirs.locator("#password-error")).isVisible();
            theirs.getByLabel("First name").fill("Grace");
            theirs.getByLabel("Last name").fill("Hopper");
            password(theirs, "Password").fill(Customer.PASSWORD);
            button(theirs, "Accept invitation").click();
            assertThat(theirs).hasURL(SITES);
            assertThat(theirs.locator(".site-card")).hasCount(1);

            page.navigate("/account/members");
            look(page, "members");
            page.getByRole(AriaRole.LINK, link("Manage Grace Hopper")).click();
            look(page, "member");
            page.getByLabel("Site", new Page.GetByLabelOptions().setExact(true)).uncheck();
            button(page, "Save sites").click();
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("Their sites are saved");
            theirs.navigate("/sites");
            assertThat(theirs.locator("main")).containsText("No sites for you yet");
            page.getByLabel("Admin: all sites").check();
            button(page, "Save role").click();
            assertThat(page.getByRole(AriaRole.STATUS)).hasText("The role is admin now");
            theirs.navigate("/account/members");
            assertThat(theirs.locator("table").first()).containsText("Grace Hopper");

            page.locator("summary", text("Make Grace Hopper the owner")).click();
            password(page, "Your password").fill("not this one");
            button(page, "Yes, transfer it").click();
            assertThat(page.locator("#password-error")).hasText("This is not your password");
            look(page, "member-transfer");
            page.locator("summary", text("Remove Grace Hopper")).click();
            button(page, "Yes, remove them").click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("not a member any more");
            Response out = theirs.navigate("/sites");
            assertThat(out.status()).isEqualTo(403);
            look(theirs, "removed");
            assertThat(owners.complaints()).isEmpty();
            assertThat(newcomers.complaints()).isEmpty();
        }
    }

    private static Locator password(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    @Test
    void somebodyWithAnAccountJoinsSwitchesAndLeaves() {
        Customer guest = product.signUp();
        Customer other = product.signUp();
        String token = team.invite(guest.email(), "viewer", site);
        try (Browser browser = Browser.at(product.address())) {
            Page page = signedIn(browser, other);
            Response offer = page.navigate("/invitations/" + token);
            assertThat(offer.headerValue("referrer-policy")).isEqualTo("no-referrer");
            look(page, "invitation-somebody-else");
            button(page, "Sign out and go on").click();
            look(page, "invitation-known");
            page.locator("main a", text("Sign in")).click();
            fillIn(page, guest);
            assertThat(page.locator("main")).containsText("You are signed in as " + guest.email());
            look(page, "invitation-invited");
            button(page, "Accept invitation").click();
            assertThat(page).hasURL(SITES);
            assertThat(page.locator(".site-card")).hasCount(1);

            page.locator(".account-button").click();
            look(page, "switcher");
            page.locator(".account-menu button", text("Switch to")).click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("You are in");
            assertThat(page.locator(".site-card")).hasCount(0);

            page.navigate("/accounts");
            look(page, "accounts");
            page.getByRole(AriaRole.BUTTON, button("Switch to")).last().click();
            page.navigate("/accounts");
            page.locator("summary", text("Leave")).click();
            look(page, "accounts-leave");
            button(page, "Yes, leave").click();
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("You have left");
            assertThat(page.locator(".seat")).hasCount(1);
            assertThat(team.roleOf(guest)).isEmpty();

            page.navigate("/invitations/" + token);
            assertThat(page.locator("main")).containsText("This invitation was accepted already");
            look(page, "invitation-gone");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whoIsRemovedIsOfferedTheirOtherAccount() {
        Customer guest = product.signUp();
        String token = team.invite(guest.email(), "viewer");
        try (Browser browser = Browser.at(product.address())) {
            Page page = signedIn(browser, guest);
            page.navigate("/invitations/" + token);
            button(page, "Accept invitation").click();
            assertThat(page).hasURL(SITES);

            owner.api().delete("auth/users/" + guest.userId() + "/").expect(200);
            page.navigate("/sites");
            look(page, "removed-with-another");
            page.locator("main").getByRole(AriaRole.BUTTON).locator("text=Switch").first().click();

            assertThat(page).hasURL(SITES);
            assertThat(page.locator("main")).containsText("Add your first site");
        }
    }

    @Test
    void aFullPlanSaysSo() {
        Customer alone = product.signUp();
        try (Browser browser = Browser.at(product.address())) {
            Page page = signedIn(browser, alone);
            page.navigate("/account/members");

            assertThat(page.locator("main")).containsText("1 of 1 seat in Free Trial");
            assertThat(page.locator("main")).containsText("See plans with more");
            look(page, "members-full");
        }
    }

    private static Page signedIn(Browser browser, Customer customer) {
        Page page = browser.open("/login");
        fillIn(page, customer);
        assertThat(page).hasURL(SITES);
        return page;
    }

    private static void fillIn(Page page, Customer customer) {
        page.getByLabel("Email").fill(customer.email());
        password(page, "Password").fill(Customer.PASSWORD);
        page.locator("main button[type=submit]").click();
    }

    private static void look(Page page, String name) {
        Browser.shoot(page, name);
        Browser.assertAccessible(page);
    }

    private static Page.LocatorOptions text(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private static Page.GetByRoleOptions link(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions button(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, button(name));
    }
}
