package com.igny8.payment;

import static org.awaitility.Awaitility.await;

import com.igny8.invoice.*;
import com.igny8.kernel.Money;
import com.igny8.testing.*;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import java.net.URI;
import java.util.*;

class LookShots {
    final Product product = Product.running();
    final Operator operator = Operator.of(product);
    Browser browser;
    Page page;

    void login(String email) {
        page.context().clearCookies();
        page.navigate("/login");
        page.getByLabel("Email").fill(email);
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(Customer.PASSWORD);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in").setExact(true)).click();
        page.waitForURL(u -> !u.endsWith("/login"));
    }
    void look(String path, String name) {
        page.navigate(path);
        try { Browser.shoot(page, "loose-" + name); Browser.assertAccessible(page); } catch (Throwable t) { System.out.println("LOOK " + name + ": " + t.getMessage()); }
    }
    void plan(String slug, String name, String currency, long month, long year) {
        Map<String,Object> t = new LinkedHashMap<>();
        t.put("currency", currency); t.put("monthly_price_minor", month); t.put("annual_price_minor", year);
        t.put("included_credits", 1000); t.put("max_sites", 3); t.put("max_users", 2); t.put("max_sectors_per_site", 5);
        t.put("features", List.of("ai_writer"));
        Reply r = operator.api().post("console/plans/", Map.of("slug", slug, "name", name, "is_public", true, "terms", t));
        System.out.println("LOOK plan " + r.status() + " " + r.body());
    }
    UUID refund(UUID payment, String amount) {
        operator.api().post("console/payments/" + payment + "/refund/", Map.of("amount", amount, "reason", "A test")).expect(200);
        return payment;
    }

    @Test
    void look() {
        String n = UUID.randomUUID().toString().substring(0, 6);
        plan("jpy-" + n, "Sakura", "JPY", 13900, 139000);
        plan("kwd-" + n, "Falcon", "KWD", 42500, 425000);
        try (Browser b = Browser.at(product.address())) {
            browser = b; page = b.open("/login");
            Payer payer = Payer.signUp(PaymentType.STRIPE);
            UUID first = payer.pays(13900);
            UUID second = payer.pays(2900);
            UUID third = payer.pays(9900);
            UUID fourth = payer.pays(4200);
            refund(payer.payment(first).id(), "39.00");
            refund(payer.payment(third).id(), "99.00");
            Product.stripe().disputes(String.valueOf(payer.payment(second).reference()));
            String lost = Product.stripe().disputes(String.valueOf(payer.payment(fourth).reference()));
            await().until(() -> new Mailbox(product, payer.customer().email()).letters("dispute_opened").size() == 2);
            Product.stripe().decides(lost, "lost");
            await().until(() -> payer.invoice(fourth).status() == Invoice.Status.OPEN);
            UUID open = payer.owes(13900);
            login(payer.customer().email());
            look("/account", "account");
            look("/account/payments", "payments");
            look("/account/invoices", "invoices");
            look("/account/invoices/" + open + "/pay", "pay");
            look("/account/invoices/" + first, "invoice-refunded");
            look("/account/invoices/" + fourth, "invoice-lost");
            look("/account/invoices/" + fourth + "/pay", "pay-lost");
            look("/account/plan", "plan");
            look("/account/plan?plan=growth&billing_interval=year", "plan-annual");
            look("/account/plan?plan=jpy-" + n + "&billing_interval=month", "plan-jpy");
            look("/account/plan?plan=kwd-" + n + "&billing_interval=year", "plan-kwd");
            page.route(u -> !u.startsWith(product.address()), r -> r.abort());
            page.navigate("/account/invoices/" + open + "/pay");
            try { page.getByText("Pay by card").click(); page.waitForTimeout(1000); } catch (Throwable t) { System.out.println("LOOK " + t.getMessage()); }
            System.out.println("LOOK leaving " + page.url());
            Browser.shoot(page, "loose-leaving");
            page.unroute(u -> true);

            Payer pal = Payer.signUp(PaymentType.PAYPAL);
            UUID paid = pal.pays(13900);
            UUID yen = pal.owes(new Money(13900, "JPY"));
            UUID dinar = pal.owes(new Money(42500, "KWD"));
            login(pal.customer().email());
            look("/account", "pal-account");
            look("/account/payments", "pal-payments");
            look("/account/invoices/" + yen + "/pay", "pay-jpy");
            look("/account/invoices/" + yen, "invoice-jpy");
            look("/account/invoices/" + dinar + "/pay", "pay-kwd");
            look("/account/invoices/" + dinar, "invoice-kwd");
            look("/account/invoices", "pal-invoices");
            pal.customer().api().post("billing/invoices/" + yen + "/checkout/", Map.of("payment_method", "stripe"));
            page.context().clearCookies();
            look("/pricing", "pricing");
            look("/pricing?billing=annual", "pricing-annual");
            look("/signup?plan=jpy-" + n + "&billing=annual", "signup-jpy");
            look("/signup?plan=growth&billing=annual", "signup-annual");
            login(operator.email());
            look("/console/payments?search=" + payer.payment(first).reference(), "console-payments-one");
            look("/console/payments", "console-payments");
            look("/console/payments?status=disputed", "console-disputed");
            look("/console/payments/" + payer.payment(first).id() + "/refund", "console-refund");
            look("/console/invoices/" + first, "console-invoice");
            look("/console/invoices/" + yen + "/credit-note", "console-note-jpy");
            look("/console/accounts/" + payer.customer().accountId(), "console-account");
            look("/console/provider-events", "console-events");
            look("/console/payment-options", "console-options");
            look("/console/plans", "console-plans");
            look("/console/webhook-deliveries", "console-deliveries");
            look("/console/bank-transfers", "console-transfers");
            look("/console/mails", "console-mails");
            System.out.println("LOOK complaints " + browser.complaints());
        } finally {
            product.sql().sql("UPDATE plan SET is_public = false WHERE slug LIKE ?").param("%-" + n).update();
        }
    }
}
