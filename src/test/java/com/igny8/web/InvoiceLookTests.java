package com.igny8.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.invoice.Invoice;
import com.igny8.invoice.InvoiceLine;
import com.igny8.invoice.Invoices;
import com.igny8.invoice.NewInvoice;
import com.igny8.kernel.Money;
import com.igny8.testing.Browser;
import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The pages about invoices, wide and narrow, and by the rules of accessibility. */
class InvoiceLookTests {
    private static final String LONG_NAME =
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

    private final Product product = Product.running();

    @Test
    void whatIsOwedIsLookedAtByBothSides() {
        Customer customer = product.signUp();
        customer.api()
                .patch("billing/profile/", Map.of("legal_name", LONG_NAME, "country", "CH"))
                .expect(200);
        Invoice invoice = issue(customer, 13_900);
        Operator operator = Operator.of(product);
        operator.api()
                .post(
                        "console/invoices/%s/credit-notes/".formatted(invoice.id()),
                        Map.of("amount", "10.00", "reason", "Down for a day"))
                .expect(201);
        Invoice paid = issue(customer, 2_000);
        customer.inside(
                () -> product.bean(Invoices.class).settle(paid.id(), new Money(3_000, "EUR")));

        String its = "/account/invoices/" + invoice.id();
        lookAs(
                customer.email(),
                List.of("/account/invoices", its, "/account/balance", "/account/billing-details"));
        String same = "/console/invoices/" + invoice.id();
        lookAs(
                operator.email(),
                List.of(
                        "/console/invoices",
                        same,
                        same + "/credit-note",
                        "/console/seller",
                        "/console/tax-rates",
                        "/console/exports"));
    }

    private Invoice issue(Customer customer, long minor) {
        Instant start = Instant.parse("2026-01-31T10:00:00Z");
        var line =
                new InvoiceLine(
                        "Growth, one month",
                        1,
                        new Money(minor, "EUR"),
                        start,
                        start.plusSeconds(2_419_200),
                        null);
        return customer.inside(
                () ->
                        product.bean(Invoices.class)
                                .issue(
                                        new NewInvoice(
                                                Invoice.Purpose.MANUAL,
                                                null,
                                                null,
                                                "EUR",
                                                List.of(line))));
    }

    private void lookAs(String email, List<String> paths) {
        try (Browser browser = Browser.at(product.address())) {
            Page page = browser.open("/login");
            page.getByLabel("Email").fill(email);
            page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                    .fill(Customer.PASSWORD);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
            assertThat(page).not().hasURL(product.address() + "/login");
            for (String path : paths) {
                page.navigate(path);
                Browser.shoot(
                        page,
                        "invoices" + path.replaceAll("/[0-9a-f-]{36}", "-one").replace('/', '-'));
                Browser.assertAccessible(page);
            }
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
