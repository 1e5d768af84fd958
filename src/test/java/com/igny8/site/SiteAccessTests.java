package com.igny8.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Team;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.UUID;

class SiteAccessTests {
    private static final String ACCESS = "auth/site-access/";

    private final Product product = Product.running();
    private final Team team = Team.of(product);
    private final Customer owner = team.owner();
    private final UUID site = owner.addSite();
    private final UUID other = owner.addSite();

    private Reply grant(Customer somebody, UUID to) {
        return owner.api().post(ACCESS, Map.of("user", somebody.userId(), "site", to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "editor"})
    void aGrantCountsFromTheNextRequestAndSoDoesItsEnd(String role) {
        Customer member = team.join(role);
        member.api().get("auth/sites/" + site + "/").expectRefusal(404, "not_found");
        assertThat(member.api().get("auth/sites/").json().path("count").asInt()).isZero();

        UUID id = grant(member, site).expect(201).id();

        member.api().get("auth/sites/" + site + "/").expect(200);
        Reply sites = member.api().get("auth/sites/").expect(200);
        assertThat(sites.json().path("count").asInt()).isOne();
        assertThat(sites.body()).doesNotContain(other.toString());

        owner.api().delete(ACCESS + id + "/").expect(200);

        member.api().get("auth/sites/" + site + "/").expectRefusal(404, "not_found");
        assertThat(member.api().get("auth/sites/").json().path("count").asInt()).isZero();
        owner.api().delete(ACCESS + id + "/").expectRefusal(404, "not_found");
        assertThat(team.audited()).contains("site_access.granted", "site_access.revoked");
    }

    @Test
    void theListTellsWhoReachesWhat() {
        Customer editor = team.join("editor", site, other);
        Customer viewer = team.join("viewer", site);

        String ofEditor = ACCESS + "?user=" + editor.userId();
        assertThat(owner.api().get(ofEditor).expect(200).json().path("count").asInt()).isEqualTo(2);
        Reply both = owner.api().get(ofEditor + "&site=" + site).expect(200);
        assertThat(both.results()).hasSize(1);
        assertThat(both.results().get(0).path("granted_by").asString())
                .isEqualTo(owner.userId().toString());
        assertThat(owner.api().get(ACCESS + "?user=" + viewer.userId()).results()).hasSize(1);
        assertThat(owner.api().get(ACCESS + "?page_size=2").json().path("next").asString())
                .contains("page=2");
    }

    @Test
    void bothMustBeOfTheAccount() {
        Customer member = team.join("viewer");
        Customer stranger = product.signUp();
        UUID theirs = stranger.addSite();

        grant(member, theirs).expectRefusal(404, "not_found");
        grant(stranger, site).expectRefusal(404, "not_found");
        grant(stranger, theirs).expectRefusal(404, "not_found");
        stranger.api()
                .post(ACCESS, Map.of("user", stranger.userId(), "site", site))
                .expectRefusal(404, "not_found");
        UUID id = grant(member, site).expect(201).id();
        stranger.api().delete(ACCESS + id + "/").expectRefusal(404, "not_found");
        assertThat(stranger.api().get(ACCESS + "?site=" + site).json().path("count").asInt())
                .isZero();
        grant(member, site).expectRefusal(409, "access_granted_already");
        owner.api()
                .post(
                        ACCESS,
                        Map.of(
                                "user",
                                member.userId(),
                                "site",
                                other,
                                "account_id",
                                stranger.accountId()))
                .expectInvalid("account_id");
    }

    @Test
    void anEditorFindsNothingOfOtherSitesAnywhere() {
        Customer editor = team.join("editor", site);
        UUID sector = owner.addSector(other);
        UUID keyword =
                insert(
                        """
                        INSERT INTO keyword (account_id, site_id, keyword, folded)
                        VALUES (?, ?, 'hidden', 'hidden')
                        """);
        UUID cluster =
                insert("INSERT INTO cluster (account_id, site_id, name) VALUES (?, ?, 'hidden')");

        for (String path :
                List.of(
                        "auth/sites/" + other + "/",
                        "auth/sectors/?site=" + other,
                        "planner/keywords/?site=" + other,
                        "planner/clusters/?site=" + other,
                        "planner/clusters/" + cluster + "/")) {
            editor.api().get(path).expectRefusal(404, "not_found");
            owner.api().get(path).expect(200);
        }
        editor.api()
                .patch("planner/keywords/" + keyword + "/", Map.of("cluster", cluster))
                .expectRefusal(404, "not_found");
        editor.api()
                .patch("planner/clusters/" + cluster + "/", Map.of("name", "mine"))
                .expectRefusal(404, "not_found");
        editor.api()
                .post("planner/clusters/auto_cluster/", Map.of("site", other))
                .expectRefusal(404, "not_found");
        editor.api()
                .upload(
                        "planner/keywords/import/",
                        Map.of("site", site.toString(), "sector", sector.toString()),
                        "keywords.csv",
                        "Keyword\nmine\n".getBytes(UTF_8))
                .expectRefusal(404, "not_found");
        assertThat(editor.api().get("planner/keywords/?site=" + site).json().path("count").asInt())
                .isZero();
    }

    private UUID insert(String statement) {
        return product.sql()
                .sql(statement + " RETURNING id")
                .params(owner.accountId(), other)
                .query(UUID.class)
                .single();
    }

    @Test
    void theJobsOfASiteThatWasTakenAreHidden() {
        Customer editor = team.join("editor", site, other);
        UUID shown = job(editor, site);
        UUID hidden = job(editor, other);
        assertThat(editor.api().get("jobs/").json().path("count").asInt()).isEqualTo(2);

        UUID id =
                UUID.fromString(
                        owner.api()
                                .get(ACCESS + "?user=%s&site=%s".formatted(editor.userId(), other))
                                .results()
                                .get(0)
                                .path("id")
                                .asString());
        owner.api().delete(ACCESS + id + "/").expect(200);

        editor.api().get("jobs/" + shown + "/").expect(200);
        editor.api().get("jobs/" + hidden + "/").expectRefusal(404, "not_found");
        editor.api().get("jobs/" + hidden + "/events/").expectRefusal(404, "not_found");
        editor.api().post("jobs/" + hidden + "/cancel/", "{}").expectRefusal(404, "not_found");
        assertThat(editor.api().get("jobs/").json().path("count").asInt()).isOne();
        owner.api().get("jobs/" + hidden + "/").expect(200);
    }

    private UUID job(Customer whose, UUID of) {
        return product.sql()
                .sql(
                        """
                        INSERT INTO job (account_id, type, status, site_id, payload, created_by,
                            run_at, created_at, finished_at)
                        VALUES (?, 'clustering', 'succeeded', ?, '{}', ?, now(), now(), now())
                        RETURNING id
                        """)
                .params(owner.accountId(), of, whose.userId())
                .query(UUID.class)
                .single();
    }

    @Test
    void anAdminWhoBecomesAnEditorReachesWhatTheyWereLetInto() {
        Customer admin = team.join("admin");
        admin.api().get("auth/sites/" + other + "/").expect(200);
        grant(admin, site).expect(201);

        owner.api()
                .patch("auth/users/" + admin.userId() + "/", Map.of("role", "editor"))
                .expect(200);

        admin.api().get("auth/sites/" + site + "/").expect(200);
        admin.api().get("auth/sites/" + other + "/").expectRefusal(404, "not_found");
    }

    @Test
    void theDatabaseItselfKeepsAccessToMembers() {
        Customer member = team.join("viewer", site);
        Customer stranger = product.signUp();

        assertThatThrownBy(
                        () ->
                                product.sql()
                                        .sql(
                                                """
                                                INSERT INTO site_access
                                                    (account_id, user_id, site_id, granted_by)
                                                VALUES (?, ?, ?, ?)
                                                """)
                                        .params(
                                                owner.accountId(),
                                                stranger.userId(),
                                                site,
                                                owner.userId())
                                        .update())
                .hasMessageContaining("site_access_member");
        owner.api().delete("auth/users/" + member.userId() + "/").expect(200);
        assertThat(owner.api().get(ACCESS + "?user=" + member.userId()).results()).isEmpty();
    }
}
