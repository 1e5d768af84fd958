package com.igny8.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Together;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sites and sectors that are changed. */
class SiteChangeTests {
    private static final String SITES = "auth/sites/";
    private static final String SECTORS = "auth/sectors/";

    private final Product product = Product.running();

    private static String at(UUID site) {
        return SITES + site + "/";
    }

    private static String atSector(UUID sector) {
        return SECTORS + sector + "/";
    }

    @Test
    void whatIsSentIsChangedAndTheRestStays() {
        Customer customer = product.signUp();
        Api api = customer.api();
        Reply made = api.post(SITES, Customer.site("Old", "old.example")).expect(201);

        Reply changed =
                api.patch(at(made.id()), Map.of("domain", "https://www.NEW.example/")).expect(200);

        assertThat(changed.data().path("domain").asString()).isEqualTo("new.example");
        assertThat(changed.data().path("name").asString()).isEqualTo("Old");
        assertThat(changed.data().path("is_active").asBoolean()).isTrue();
        Reply again =
                api.patch(at(made.id()), Map.of("name", "New", "is_active", false, "industry", 2))
                        .expect(200);
        assertThat(again.data().path("name").asString()).isEqualTo("New");
        assertThat(again.data().path("slug").asString()).isEqualTo("old");
        assertThat(again.data().path("status").asString()).isEqualTo("inactive");
        assertThat(again.data().path("industry").asInt()).isEqualTo(2);
        assertThat(api.get(at(made.id())).expect(200).data()).isEqualTo(again.data());
    }

    @Test
    void everyFieldThatIsWrongIsNamedAtOnce() {
        Customer customer = product.signUp();
        UUID site = customer.addSite();

        customer.api()
                .patch(at(site), Map.of("name", " ", "domain", "nowhere", "industry", 999))
                .expectInvalid("name")
                .expectInvalid("domain")
                .expectInvalid("industry");
        customer.api().patch(at(site), Map.of("slug", "mine")).expectInvalid("slug");
        customer.api().patch(at(site), Map.of("account_id", site)).expectInvalid("account_id");
    }

    @Test
    void aDomainOfAnotherSiteCannotBeTaken() {
        Customer customer = product.signUp("free").onPlan("enterprise");
        customer.api().post(SITES, Customer.site("One", "one.example")).expect(201);
        UUID two = customer.addSite();

        customer.api().patch(at(two), Map.of("domain", "one.example")).expectInvalid("domain");
    }

    @Test
    void theIndustryStaysWhileThereAreSectors() {
        Customer customer = product.signUp();
        UUID site = customer.addSite();
        UUID sector = customer.addSector(site);

        customer.api().patch(at(site), Map.of("industry", 2)).expectInvalid("industry");
        customer.api().delete(atSector(sector)).expect(200);
        customer.api().patch(at(site), Map.of("industry", 2)).expectInvalid("industry");
        customer.api().patch(at(site), Map.of("industry", 1)).expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "http://localhost:8080",
                "shop",
                "printer.local",
                "wiki.corp",
                "10.0.0.1",
                "127.0.0.1",
                "192.168.1.1"
            })
    void whatVisitorsCannotReachIsNoSite(String domain) {
        Customer customer = product.signUp();

        customer.api().post(SITES, Customer.site("Mine", domain)).expectInvalid("domain");

        customer.addSite(); // The only place of the trial is free still
    }

    @Test
    void aStaleChangeIsRefused() {
        Customer customer = product.signUp();
        UUID site = customer.addSite();
        UUID sector = customer.addSector(site);
        for (String path : List.of(at(site), atSector(sector))) {
            String seen = String.valueOf(customer.api().get(path).expect(200).header("ETag"));
            assertThat(seen).matches("\"[0-9a-f]{32}\"");
            Api editor = customer.api().with("If-Match", seen);

            Reply first = editor.patch(path, Map.of("name", "First")).expect(200);
            editor.patch(path, Map.of("name", "Second")).expectRefusal(412, "changed_meanwhile");

            Reply present = customer.api().get(path).expect(200);
            assertThat(present.data().path("name").asString()).isEqualTo("First");
            assertThat(present.header("ETag")).isEqualTo(first.header("ETag")).isNotEqualTo(seen);
            customer.api()
                    .with("If-Match", "\"x\", " + first.header("ETag"))
                    .patch(path, Map.of("name", "Third"))
                    .expect(200);
            customer.api().with("If-Match", "*").patch(path, Map.of("name", "Fourth")).expect(200);
            customer.api()
                    .with("If-Match", "nonsense")
                    .patch(path, Map.of("name", "Fifth"))
                    .expectRefusal(400, "if_match_invalid");
        }
    }

    @Test
    void ofTwoWhoSawTheSameOneWins() throws Exception {
        Customer customer = product.signUp();
        UUID site = customer.addSite();
        Api editor =
                customer.api()
                        .with(
                                "If-Match",
                                String.valueOf(customer.api().get(at(site)).header("ETag")));

        List<Reply> replies =
                Together.send(
                        () -> editor.patch(at(site), Map.of("name", "One")),
                        () -> editor.patch(at(site), Map.of("name", "Two")));

        assertThat(replies.stream().map(Reply::status)).containsExactlyInAnyOrder(200, 412);
    }
}
