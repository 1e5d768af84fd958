package com.igny8.planner;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Together;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

class RemovalTests {
    private static final String KEYWORDS = "planner/keywords/";
    private static final String CLUSTERS = "planner/clusters/";

    private final Product product = Product.running();
    private final Customer customer = product.signUp();
    private final Api api = customer.api();
    private final UUID site = customer.addSite();

    private UUID keyword(String text) {
        return keyword(customer.accountId(), site, text, null);
    }

    private UUID keyword(UUID account, UUID onSite, String text, @Nullable UUID cluster) {
        return product.sql()
                .sql(
                        """
                        INSERT INTO keyword
                            (account_id, site_id, keyword, folded, cluster_id, status)
                        VALUES (:account, :site, :text, :text, :cluster,
                            CASE WHEN :cluster::uuid IS NULL THEN 'new' ELSE 'clustered' END)
                        RETURNING id
                        """)
                .param("account", account)
                .param("site", onSite)
                .param("text", text)
                .param("cluster", cluster)
                .query(UUID.class)
                .single();
    }

    private UUID in(UUID cluster, String text) {
        return keyword(customer.accountId(), site, text, cluster);
    }

    private UUID cluster(String name) {
        return product.sql()
                .sql(
                        """
                        INSERT INTO cluster (account_id, site_id, name)
                        VALUES (?, ?, ?) RETURNING id
                        """)
                .param(customer.accountId())
                .param(site)
                .param(name)
                .query(UUID.class)
                .single();
    }

    private long count(String path) {
        return api.get(path + "?site=" + site).expect(200).json().path("count").asLong();
    }

    private String clusterOf(UUID keyword) {
        return api.get(KEYWORDS + keyword + "/").expect(200).data().path("cluster").asString("");
    }

    @Test
    void aDeletedKeywordIsGoneAndComesBack() {
        UUID one = keyword("one");
        keyword("two");

        Reply deleted = api.delete(KEYWORDS + one + "/").expect(200);

        assertThat(deleted.data().path("restore_until").asString()).isNotEmpty();
        assertThat(count(KEYWORDS)).isOne();
        api.get(KEYWORDS + one + "/").expectRefusal(404, "not_found");
        api.delete(KEYWORDS + one + "/").expectRefusal(404, "not_found");
        api.post(KEYWORDS + one + "/restore/", "").expect(200);
        api.post(KEYWORDS + one + "/restore/", "").expectRefusal(404, "not_found");
        assertThat(count(KEYWORDS)).isEqualTo(2);
    }

    @Test
    void manyAreDeletedAllOrNone() {
        List<UUID> ids = Stream.of("a", "b", "c").map(this::keyword).toList();
        List<UUID> withStranger = new ArrayList<>(ids);
        withStranger.add(UUID.randomUUID());

        api.post(KEYWORDS + "delete/", Map.of("ids", withStranger)).expectRefusal(404, "not_found");
        assertThat(count(KEYWORDS)).isEqualTo(3);
        Reply deleted = api.post(KEYWORDS + "delete/", Map.of("ids", ids)).expect(200);

        assertThat(deleted.data().path("deleted").asInt()).isEqualTo(3);
        assertThat(count(KEYWORDS)).isZero();
        api.post(KEYWORDS + "restore/", Map.of("ids", ids)).expect(200);
        assertThat(count(KEYWORDS)).isEqualTo(3);
        api.post(KEYWORDS + "delete/", Map.of("ids", List.of())).expectInvalid("ids");
        api.post(
                        KEYWORDS + "delete/",
                        Map.of("ids", Stream.generate(UUID::randomUUID).limit(1001).toList()))
                .expectInvalid("ids");
    }

    @Test
    void aClusterGoesWithItsLastKeywordAndComesBackWithIt() {
        UUID cluster = cluster("crm");
        UUID one = in(cluster, "one");
        UUID two = in(cluster, "two");

        api.delete(KEYWORDS + one + "/").expect(200);
        assertThat(api.get(CLUSTERS + cluster + "/").data().path("keyword_count").asInt()).isOne();
        api.delete(KEYWORDS + two + "/").expect(200);
        api.get(CLUSTERS + cluster + "/").expectRefusal(404, "not_found");

        api.post(KEYWORDS + two + "/restore/", "").expect(200);
        assertThat(clusterOf(two)).isEqualTo(cluster.toString());
        api.post(KEYWORDS + one + "/restore/", "").expect(200);
        assertThat(clusterOf(one)).isEqualTo(cluster.toString());
        assertThat(api.get(CLUSTERS + cluster + "/").data().path("keyword_count").asInt())
                .isEqualTo(2);
    }

    @Test
    void theKeywordsOfADeletedClusterStayAndAreInItAgainAfterwards() {
        UUID cluster = cluster("crm");
        UUID other = cluster("other");
        UUID one = in(cluster, "one");
        UUID moved = in(cluster, "moved");
        in(other, "there");

        api.delete(CLUSTERS + cluster + "/").expect(200);

        assertThat(count(CLUSTERS)).isOne();
        assertThat(count(KEYWORDS)).isEqualTo(3);
        assertThat(clusterOf(one)).isEmpty();
        api.patch(KEYWORDS + one + "/", Map.of("cluster", cluster)).expectRefusal(404, "not_found");
        api.patch(KEYWORDS + moved + "/", Map.of("cluster", other)).expect(200);
        api.post(CLUSTERS + cluster + "/restore/", "").expect(200);

        assertThat(clusterOf(one)).isEqualTo(cluster.toString());
        assertThat(clusterOf(moved)).isEqualTo(other.toString());
    }

    @Test
    void aKeywordThatWasImportedAgainIsNotRestored() {
        UUID old = keyword("crm software");
        api.delete(KEYWORDS + old + "/").expect(200);
        Reply imported =
                api.upload(
                                KEYWORDS + "import/",
                                Map.of("site", site.toString()),
                                "list.txt",
                                "CRM Software\nother".getBytes(UTF_8))
                        .expect(200);
        assertThat(imported.data().path("imported").asInt()).isEqualTo(2);

        api.post(KEYWORDS + old + "/restore/", "").expectRefusal(409, "keyword_exists");
        assertThat(count(KEYWORDS)).isEqualTo(2);
    }

    @Test
    void afterItsTimeNothingIsRestored() throws Exception {
        UUID keyword = keyword("one");
        UUID cluster = cluster("crm");
        api.delete(KEYWORDS + keyword + "/").expect(200);
        api.delete(CLUSTERS + cluster + "/").expect(200);
        product.clock()
                .later(
                        Duration.ofDays(15),
                        () -> {
                            Api later = product.signIn(customer).api();
                            later.post(KEYWORDS + keyword + "/restore/", "")
                                    .expectRefusal(404, "not_found");
                            later.post(CLUSTERS + cluster + "/restore/", "")
                                    .expectRefusal(404, "not_found");
                        });
    }

    @Test
    void oneOfTwoDeletesAndOneOfTwoRestores() throws Exception {
        UUID keyword = keyword("one");
        String path = KEYWORDS + keyword + "/";
        assertThat(
                        Together.send(() -> api.delete(path), () -> api.delete(path)).stream()
                                .map(Reply::status))
                .containsExactlyInAnyOrder(200, 404);
        assertThat(
                        Together.send(
                                        () -> api.post(path + "restore/", ""),
                                        () -> api.post(path + "restore/", ""))
                                .stream()
                                .map(Reply::status))
                .containsExactlyInAnyOrder(200, 404);
    }

    @Test
    void aStaleChangeIsRefused() {
        UUID cluster = cluster("crm");
        String path = CLUSTERS + cluster + "/";
        Api editor = api.with("If-Match", String.valueOf(api.get(path).header("ETag")));
        editor.patch(path, Map.of("name", "First")).expect(200);
        editor.patch(path, Map.of("name", "Second")).expectRefusal(412, "changed_meanwhile");
        UUID keyword = keyword("one");
        String keywordPath = KEYWORDS + keyword + "/";
        Api mover = api.with("If-Match", String.valueOf(api.get(keywordPath).header("ETag")));
        mover.patch(keywordPath, Map.of("cluster", cluster)).expect(200);
        mover.patch(keywordPath, Map.of("cluster", cluster))
                .expectRefusal(412, "changed_meanwhile");
    }

    @Test
    void aDeletedSectorIsNoneForItsKeywords() {
        UUID sector = customer.addSector(site);
        UUID keyword = keyword("one");
        product.sql()
                .sql("UPDATE keyword SET sector_id = ? WHERE id = ?")
                .param(sector)
                .param(keyword)
                .update();
        String path = KEYWORDS + keyword + "/";
        assertThat(api.get(path).data().path("sector").asString()).isEqualTo(sector.toString());
        api.delete("auth/sectors/" + sector + "/").expect(200);
        assertThat(api.get(path).data().path("sector").isNull()).isTrue();
        api.post("auth/sectors/" + sector + "/restore/", "").expect(200);
        assertThat(api.get(path).data().path("sector").asString()).isEqualTo(sector.toString());
    }

    @Test
    void aViewerMayNotAndAnEditorMay() {
        UUID keyword = keyword("one");
        UUID cluster = cluster("crm");
        customer.become("viewer");
        api.delete(KEYWORDS + keyword + "/").expectRefusal(403, "role_too_weak");
        api.post(KEYWORDS + "delete/", Map.of("ids", List.of(keyword)))
                .expectRefusal(403, "role_too_weak");
        api.delete(CLUSTERS + cluster + "/").expectRefusal(403, "role_too_weak");
        customer.become("editor");
        api.delete(KEYWORDS + keyword + "/").expect(200);
        api.delete(CLUSTERS + cluster + "/").expect(200);
        customer.become("viewer");
        api.post(KEYWORDS + keyword + "/restore/", "").expectRefusal(403, "role_too_weak");
        api.post(CLUSTERS + cluster + "/restore/", "").expectRefusal(403, "role_too_weak");
    }

    @Test
    void whatBelongsToOthersIsNotFound() {
        UUID keyword = keyword("one");
        UUID cluster = cluster("crm");
        Api other = product.signUp().api();
        for (String path : List.of(KEYWORDS + keyword + "/", CLUSTERS + cluster + "/")) {
            other.delete(path).expectRefusal(404, "not_found");
            other.post(path + "restore/", "").expectRefusal(404, "not_found");
        }
        other.post(KEYWORDS + "delete/", Map.of("ids", List.of(keyword)))
                .expectRefusal(404, "not_found");
        other.post(CLUSTERS + "delete/", Map.of("ids", List.of(cluster)))
                .expectRefusal(404, "not_found");
        assertThat(count(KEYWORDS)).isOne();
        assertThat(count(CLUSTERS)).isOne();
    }

    @Test
    void onADeletedSiteNothingIsDeletedOrRestored() {
        UUID keyword = keyword("one");
        api.delete("auth/sites/" + site + "/").expect(200);
        api.delete(KEYWORDS + keyword + "/").expectRefusal(404, "not_found");
        api.post(KEYWORDS + "delete/", Map.of("ids", List.of(keyword)))
                .expectRefusal(404, "not_found");
    }
}
