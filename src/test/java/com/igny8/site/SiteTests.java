package com.igny8.site;

import static org.assertj.core.api.Assertions.assertThat;

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

class SiteTests {
    private static final String SITES = "auth/sites/";
    private static final String SECTORS = "auth/sectors/";

    private final Product product = Product.running();

    private static Map<String, Object> sector(UUID site, String name, int industrySector) {
        return Map.of("site", site, "name", name, "industry_sector", industrySector);
    }

    @Test
    void aSiteIsShownAsItWasMade() {
        Customer customer = product.signUp();

        Reply made =
                customer.api()
                        .post(SITES, Customer.site("Cloud Notes", "https://WWW.Notes.example/x?y"))
                        .expect(201);

        assertThat(made.data().path("name").asString()).isEqualTo("Cloud Notes");
        assertThat(made.data().path("slug").asString()).isEqualTo("cloud-notes");
        assertThat(made.data().path("domain").asString()).isEqualTo("notes.example");
        assertThat(made.data().path("industry").asInt()).isEqualTo(1);
        assertThat(made.data().path("status").asString()).isEqualTo("active");
        assertThat(made.data().path("is_active").asBoolean()).isTrue();
        Reply read = customer.api().get(SITES + made.id() + "/").expect(200);
        assertThat(read.data()).isEqualTo(made.data());
        Reply list = customer.api().get(SITES).expect(200);
        assertThat(list.results().path(0)).isEqualTo(made.data());
        assertThat(list.json().path("count").asInt()).isEqualTo(1);
        assertThat(product.count("site_access", customer.accountId())).isOne();
    }

    @Test
    void theTrialHasRoomForOneSite() {
        Customer customer = product.signUp();
        customer.addSite();

        Reply refusal =
                customer.api()
                        .post(SITES, Customer.site("Two", "two.example"))
                        .expectRefusal(403, "limit_reached");

        assertThat(refusal.json().path("limit").asString()).isEqualTo("max_sites");
        assertThat(Product.number(refusal, "value")).isEqualTo(1);
        assertThat(refusal.json().path("plan").asString()).isEqualTo("free-trial");
        assertThat(product.count("site", customer.accountId())).isOne();
    }

    @Test
    void theLastPlaceIsTakenOnce() throws Exception {
        Customer customer = product.signUp();

        List<Reply> replies =
                Together.held(
                        product,
                        "site",
                        List.of(() -> add(customer, "a"), () -> add(customer, "b")));

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 201)
                .allSatisfy(reply -> reply.expectRefusal(403, "limit_reached"));
        assertThat(product.count("site", customer.accountId())).isOne();
    }

    private static Reply add(Customer customer, String name) {
        return customer.api().post(SITES, Customer.site(name, name + ".example"));
    }

    @Test
    void zeroMeansAsManyAsOneLikes() throws Exception {
        Customer customer = product.signUp().onPlan("enterprise");

        List<Reply> replies =
                Together.send(
                        8,
                        i ->
                                customer.api()
                                        .post(
                                                SITES,
                                                Customer.site("Same Name", "s" + i + ".example")));

        assertThat(replies).allSatisfy(reply -> reply.expect(201));
        assertThat(replies.stream().map(reply -> reply.data().path("slug").asString()))
                .containsExactlyInAnyOrder(
                        "same-name",
                        "same-name-2",
                        "same-name-3",
                        "same-name-4",
                        "same-name-5",
                        "same-name-6",
                        "same-name-7",
                        "same-name-8");
        UUID site = replies.getFirst().id();
        for (int industrySector = 101; industrySector <= 106; industrySector++) {
            customer.api()
                    .post(SECTORS, sector(site, "Sector " + industrySector, industrySector))
                    .expect(201);
        }
    }

    @Test
    void aDomainIsAddedOnceHoweverItIsWritten() throws Exception {
        Customer customer = product.signUp().onPlan("enterprise");
        customer.api().post(SITES, Customer.site("One", "notes.example")).expect(201);
        for (String written :
                List.of("notes.example", "https://www.notes.example/", "NOTES.example:443")) {
            customer.api().post(SITES, Customer.site("Two", written)).expectInvalid("domain");
        }

        List<Reply> replies =
                Together.send(
                        5, i -> customer.api().post(SITES, Customer.site("Race", "race.example")));

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 201)
                .allSatisfy(reply -> reply.expectInvalid("domain"));
    }

    @Test
    void twoAccountsMayHaveTheSameSite() {
        product.signUp().api().post(SITES, Customer.site("N", "shared.example")).expect(201);
        product.signUp().api().post(SITES, Customer.site("N", "shared.example")).expect(201);
    }

    @Test
    void aSectorIsOfTheSitesOwnIndustry() {
        Customer customer = product.signUp();
        UUID site = customer.addSite();

        for (int foreign : new int[] {201, 99, -1, 0}) {
            customer.api()
                    .post(SECTORS, sector(site, "Dental care", foreign))
                    .expectInvalid("industry_sector");
        }
        assertThat(product.count("sector", customer.accountId())).isZero();

        Reply made = customer.api().post(SECTORS, sector(site, "Our Cloud", 102)).expect(201);
        assertThat(made.data().path("site").asString()).isEqualTo(site.toString());
        assertThat(made.data().path("slug").asString()).isEqualTo("our-cloud");
        assertThat(made.data().path("industry_sector").asInt()).isEqualTo(102);
        customer.api().post(SECTORS, sector(site, "Again", 102)).expectInvalid("industry_sector");
    }

    @Test
    void theTrialHasRoomForThreeSectors() throws Exception {
        Customer customer = product.signUp();
        UUID site = customer.addSite();

        List<Reply> replies =
                Together.send(6, i -> customer.api().post(SECTORS, sector(site, "S" + i, 101 + i)));

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(3);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 201)
                .hasSize(3)
                .allSatisfy(
                        reply -> {
                            reply.expectRefusal(403, "limit_reached");
                            assertThat(reply.json().path("limit").asString())
                                    .isEqualTo("max_sectors_per_site");
                            assertThat(Product.number(reply, "value")).isEqualTo(3);
                        });
        assertThat(product.count("sector", customer.accountId())).isEqualTo(3);
    }

    @Test
    void theDatabaseItselfRefusesASectorOfAnotherIndustry() {
        Customer customer = product.signUp();
        UUID site = customer.addSite();

        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () ->
                                product.sql()
                                        .sql(
                                                """
                                                INSERT INTO sector (account_id, site_id, name, slug,
                                                    industry_id, industry_sector_id)
                                                VALUES (?, ?, 'x', 'x', 2, 201)
                                                """)
                                        .params(customer.accountId(), site)
                                        .update())
                .hasMessageContaining("foreign key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "\\", "'", "no such thing"})
    void whatIsSearchedForIsTakenLiterally(String search) {
        Customer customer = product.signUp();
        customer.addSite();

        Reply reply =
                customer.api()
                        .get(
                                SITES
                                        + "?search="
                                        + java.net.URLEncoder.encode(
                                                search, java.nio.charset.StandardCharsets.UTF_8))
                        .expect(200);

        assertThat(reply.results()).isEmpty();
    }

    @Test
    void pagesFollowOneAnother() {
        Customer customer = product.signUp().onPlan("enterprise");
        for (int i = 0; i < 5; i++) {
            customer.api().post(SITES, Customer.site("P" + i, "p" + i + ".example")).expect(201);
        }

        Reply first = customer.api().get(SITES + "?page_size=2&search=p").expect(200);
        assertThat(first.json().path("count").asInt()).isEqualTo(5);
        assertThat(first.results()).hasSize(2);
        assertThat(first.json().path("previous").isNull()).isTrue();
        Reply second = customer.api().get(first.json().path("next").asString()).expect(200);
        Reply third = customer.api().get(second.json().path("next").asString()).expect(200);
        assertThat(third.results()).hasSize(1);
        assertThat(third.json().path("next").isNull()).isTrue();
        assertThat(third.json().path("previous").asString()).contains("page=2", "page_size=2");
    }

    @Test
    void theCatalogueIsThere() {
        Reply industries = product.api().get("auth/industries/").expect(200);
        assertThat(industries.results().size()).isGreaterThanOrEqualTo(12);
        assertThat(industries.results())
                .allSatisfy(
                        industry ->
                                assertThat(industry.path("sectors").size())
                                        .isGreaterThanOrEqualTo(5));
        assertThat(industries.results().path(0).path("name").asString()).isEqualTo("Technology");

        Reply plans = product.api().get("auth/plans/").expect(200);
        assertThat(plans.results().findValuesAsString("slug"))
                .contains("free", "starter", "growth", "scale")
                .doesNotContain("enterprise");
    }
}
