package com.igny8.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Browser;
import com.igny8.testing.Customer;
import com.igny8.testing.LedgerInvariants;
import com.igny8.testing.Product;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a newcomer comes for, in a browser: from signing up to clusters and a statement. */
class MainJobTests {
    private static final double CLUSTERED_WITHIN_MILLIS = 120_000;

    private final Product product = Product.running();

    @TempDir private Path directory;

    @Test
    void fromSigningUpToClusters() throws IOException {
        try (Browser browser = Browser.at(product.address())) {
            Page page = browser.open("/signup");
            look(page, "signup");
            signUp(page);
            addSite(page);
            addSector(page);
            importSample(page);
            cluster(page);
            readStatement(page);
            assertThat(browser.complaints()).isEmpty();
        }
        assertThat(LedgerInvariants.violations(product.superuser())).isEmpty();
    }

    private static void signUp(Page page) {
        assertThat(page.getByRole(AriaRole.HEADING, level(1))).hasText("Start your free trial");
        assertThat(page.getByText("No credit card required. 2,000 AI credits")).isVisible();
        page.getByLabel("Name").fill("Ada Lovelace");
        page.getByLabel("Email").fill(Product.freshEmail());
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                .fill(Customer.PASSWORD);
        page.locator("main button[type=submit]").click();
        assertThat(page).hasURL(Pattern.compile(".*/sites$"));
        look(page, "sites-empty");
    }

    private static void addSite(Page page) {
        link(page, "Add a site").click();
        page.getByLabel("Name").fill("Cloud Notes");
        page.getByLabel("Web address").fill("https://www.CloudNotes.example/start");
        page.getByLabel("Industry").selectOption("Technology");
        look(page, "site-new");
        button(page, "Add site").click();
        assertThat(page.getByRole(AriaRole.HEADING, level(1))).containsText("Cloud Notes");
        assertThat(page.locator(".domain")).containsText("cloudnotes.example");
    }

    private static void addSector(Page page) {
        page.getByLabel("Line of business").selectOption("Software & SaaS");
        button(page, "Add sector").click();
        assertThat(page.locator(".rows")).containsText("Software & SaaS");
        look(page, "site");
    }

    private void importSample(Page page) throws IOException {
        link(page, "Bring your keywords").click();
        look(page, "keywords-empty");
        link(page, "Import keywords").click();
        look(page, "import");
        page.getByLabel("File").setInputFiles(sample());
        button(page, "Look at the file").click();

        Locator faults = page.locator("#invalid-rows tbody tr");
        assertThat(faults).hasCount(2);
        assertThat(faults.nth(0)).containsText("Row 364");
        assertThat(faults.nth(0)).containsText("Must be between 0 and 100, found 140");
        assertThat(faults.nth(1)).containsText("Row 778");
        assertThat(faults.nth(1)).containsText("Must be a whole number from 0, found “abc”");
        look(page, "import-preview");

        button(page, "Import 1,000 keywords").click();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("1,000 keywords imported");
        look(page, "keywords");
    }

    /** The very file that the page offers. */
    private Path sample() throws IOException {
        Path file = directory.resolve("technology-keywords.csv");
        try (InputStream content =
                MainJobTests.class.getResourceAsStream("/static/samples/technology-keywords.csv")) {
            Files.copy(java.util.Objects.requireNonNull(content), file);
        }
        return file;
    }

    private static void cluster(Page page) {
        button(page, "Cluster keywords · 10 credits").click();
        Locator progress = page.locator("[data-job-percent]");
        assertThat(progress).isVisible();
        page.waitForFunction(
                """
                () => { const shown = document.querySelector('[data-job-percent]');
                        return !shown || Number(shown.textContent) > 2; }
                """);
        assertThat(page.locator("#clusters tbody tr").first())
                .isVisible(
                        new LocatorAssertions.IsVisibleOptions()
                                .setTimeout(CLUSTERED_WITHIN_MILLIS));
        assertThat(page.locator("[data-job]")).hasCount(0);
        assertThat(page.locator("[data-chart=clusters] canvas")).isVisible();
        assertThat(page.locator("#clusters tbody tr").count()).isGreaterThan(10);
        look(page, "clusters");
        page.locator("#clusters tbody a").first().click();
        assertThat(page.locator("table tbody tr").first()).isVisible();
        look(page, "cluster");
    }

    private static void readStatement(Page page) {
        page.navigate("/account/credits");
        Locator entries = page.locator("table tbody tr");
        assertThat(entries).hasCount(2);
        assertThat(entries.nth(0).locator("[data-label=Amount]")).hasText("−10");
        assertThat(entries.nth(0).locator("[data-label=Balance]")).hasText("1,990");
        assertThat(entries.nth(1).locator("[data-label=Amount]")).hasText("+2,000");
        assertThat(entries.nth(1).locator("[data-label=Balance]")).hasText("2,000");
        look(page, "statement");
    }

    /** Wide and narrow, and by the rules of accessibility. */
    private static void look(Page page, String name) {
        Browser.shoot(page, name);
        Browser.assertAccessible(page);
    }

    private static Page.GetByRoleOptions level(int level) {
        return new Page.GetByRoleOptions().setLevel(level);
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)).first();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }
}
