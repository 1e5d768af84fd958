package com.igny8.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class ImpersonationTests {
    private static final String STOP = "/console/impersonation/stop";
    private static final String BANNER = "as its owner. You can change nothing";

    private final Product product = Product.running();
    private final Operator operator = Operator.of(product);
    private final Customer customer = product.signUp();
    private final UUID site = customer.addSite();
    private final PageClient visitor = PageClient.signedIn(product, operator.email());
    private final String page = "/console/accounts/" + customer.accountId();

    private Reply look() {
        visitor.get(page + "/impersonate").expect(200);
        return visitor.sendAndFollow(page + "/impersonate", Map.of("reason", "Ticket 17"));
    }

    private List<String> audited() {
        return product.sql()
                .sql(
                        """
                        SELECT concat_ws(' ', action, target, details ->> 'reason')
                          FROM audit_entry
                         WHERE account_id = ? AND via = 'impersonation' AND actor_id = ?
                         ORDER BY id
                        """)
                .params(customer.accountId(), operator.userId())
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Test
    void theOperatorSeesWhatTheOwnerSeesUnderABannerAndIsWrittenDown() {
        Reply sites = look();
        assertThat(sites.body()).contains(BANNER, site.toString());
        assertThat(visitor.get("/account").expect(200).body()).contains(BANNER);
        assertThat(visitor.get("/sites/" + site).expect(200).body()).contains(BANNER);

        String account = "account:" + customer.accountId();
        assertThat(audited())
                .containsExactly(
                        "impersonation.started " + account + " Ticket 17",
                        "impersonation.looked page:/sites",
                        "impersonation.looked page:/account",
                        "impersonation.looked page:/sites/" + site);
    }

    @Test
    void stoppingEndsIt() {
        look();

        Reply back = visitor.sendAndFollow(STOP, Map.of());

        assertThat(back.body()).doesNotContain(BANNER).contains("You are yourself again");
        assertThat(visitor.get("/sites").expect(403).body()).contains("Go to the console");
        assertThat(audited()).last().asString().startsWith("impersonation.stopped");
        assertThat(visitor.send(STOP, Map.of()).status()).isEqualTo(409);
    }

    @Test
    void nothingCanBeChanged() {
        look();
        Map<String, String> form = Map.of("name", "Mine", "industry_sector", "101");

        for (String path :
                List.of("/sites/" + site + "/sectors", "/sites", "/account/keys", "/nowhere")) {
            Reply refused = visitor.send(path, form).expect(403);
            assertThat(refused.body()).contains("can change nothing in it");
        }
        assertThat(product.count("sector", customer.accountId())).isZero();
        assertThat(audited()).filteredOn(entry -> entry.contains("/sectors")).hasSize(1);
        visitor.get("/sites").expect(200);
    }

    @Test
    void whatWouldChangeSomethingIsShownAsTurnedOff() {
        look();

        for (String path : List.of("/account/settings", "/account/keys/new", "/sites/" + site)) {
            Document shown = Jsoup.parse(visitor.get(path).expect(200).body());

            assertThat(shown.select("form[method=post]:not([data-always])"))
                    .as(path)
                    .isNotEmpty()
                    .allSatisfy(form -> assertThat(form.select("> fieldset[disabled]")).hasSize(1));
            assertThat(shown.select("form[data-always] fieldset")).isEmpty();
        }
        assertThat(PageClient.signedIn(customer).get("/account/settings").expect(200).body())
                .doesNotContain("look-only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/accounts/x", "/profile", "/profile/security"})
    void neitherTheConsoleNorTheProfileIsTheCustomers(String path) {
        look();

        assertThat(visitor.get(path).expect(403).body()).contains("Stop looking");
    }

    @Test
    void itEndsByItselfAfterAnHour() throws Exception {
        look();

        product.clock().later(Duration.ofMinutes(59), () -> visitor.get("/sites").expect(200));
        product.clock()
                .later(
                        Duration.ofMinutes(61),
                        () -> {
                            assertThat(visitor.get("/sites").expect(403).body())
                                    .doesNotContain(BANNER);
                            visitor.get("/console").expect(200);
                        });
    }

    @Test
    void whoIsNoOperatorAnyMoreLooksNoMore() {
        look();

        product.sql()
                .sql("UPDATE app_user SET is_operator = false WHERE id = ?")
                .param(operator.userId())
                .update();

        assertThat(visitor.get("/sites").expect(403).body()).doesNotContain(site.toString());
    }

    @Test
    void aSuspendedAccountIsSeenAsItsOwnerSeesIt() {
        operator.suspend(customer).expect(200);
        visitor.get(page + "/impersonate").expect(200);

        visitor.send(page + "/impersonate", Map.of("reason", "Billing")).expect(303);

        assertThat(visitor.get("/sites").expect(403).body()).contains("suspended", BANNER);
        visitor.get("/account/credits").expect(200);
    }

    @Test
    void signingOutEndsItToo() {
        look();

        visitor.send("/logout", Map.of()).expect(303);

        assertThat(visitor.get("/sites").status()).isEqualTo(302);
    }

    @Test
    void theOperatorsTokensSeeNothingOfIt() {
        look();

        operator.api().get("auth/sites/").expectRefusal(403, "customers_only");
    }

    @Test
    void aCustomerCannotLookAtAnybody() {
        PageClient other = PageClient.signedIn(product, product.signUp().email());
        other.get("/sites").expect(200);

        assertThat(other.send(page + "/impersonate", Map.of("reason", "a")).status())
                .isEqualTo(403);
        assertThat(other.send(STOP, Map.of()).status()).isEqualTo(403);
        assertThat(other.get(page).status()).isEqualTo(403);
        assertThat(audited()).isEmpty();
    }

    @Test
    void aReasonIsNeededAndAFormThatIsNotOursIsRefused() {
        visitor.get(page + "/impersonate").expect(200);

        assertThat(visitor.send(page + "/impersonate", Map.of("reason", " ")).expect(400).body())
                .contains("Say why");
        product.api()
                .with("Content-Type", "application/x-www-form-urlencoded")
                .post(page + "/impersonate", "reason=a")
                .expect(403);
        assertThat(audited()).isEmpty();
    }

    @Test
    void anOperatorIsToldThatCustomersPagesAreNotTheirs() {
        assertThat(visitor.get("/sites").expect(403).body())
                .contains("Open one in the console", "Go to the console");
        assertThat(visitor.get("/account").expect(403).body()).contains("Open one in the console");
    }
}
