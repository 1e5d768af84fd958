package com.igny8.site;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class SiteLifecycleTests {
    private static final String SITES = "auth/sites/";
    private static final String SECTORS = "auth/sectors/";

    private final Product product = Product.running();

    private static String at(UUID site) {
        return SITES + site + "/";
    }

    private static String atSector(UUID sector) {
        return SECTORS + sector + "/";
    }

    private Customer onPlan(String slug) {
        Customer customer = product.signUp("free");
        product.sql()
                .sql(
                        """
                        UPDATE subscription SET plan_id = plan.id, plan_version_id = version.id
                          FROM plan JOIN plan_version version ON version.plan_id = plan.id
                         WHERE plan.slug = ? AND account_id = ?
                        """)
                .param(slug)
                .param(customer.accountId())
                .update();
        return customer;
    }

    private void become(Customer customer, String role) {
        product.sql()
                .sql("UPDATE member SET role = ? WHERE account_id = ?")
                .param(role)
                .param(customer.accountId())
                .update();
    }

    private static List<Reply> both(Callable<Reply> one, Callable<Reply> other) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> each : threads.invokeAll(List.of(one, other))) {
                replies.add(each.get());
            }
            return replies;
        }
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
        Customer customer = onPlan("enterprise");
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
                both(
                        () -> editor.patch(at(site), Map.of("name", "One")),
                        () -> editor.patch(at(site), Map.of("name", "Two")));

        assertThat(replies.stream().map(Reply::status)).containsExactlyInAnyOrder(200, 412);
    }

    @Test
    void aDeletedSiteIsGoneWithAllThatIsOnItAndComesBackWhole() {
        Customer customer = product.signUp();
        Api api = customer.api();
        UUID site = api.post(SITES, Customer.site("Notes", "notes.example")).expect(201).id();
        UUID sector = customer.addSector(site);
        api.upload(
                        "planner/keywords/import/",
                        Map.of("site", site.toString()),
                        "list.txt",
                        "crm software\nbest crm".getBytes(UTF_8))
                .expect(200);

        Reply deleted = api.delete(at(site)).expect(200);

        assertThat(deleted.data().path("restore_until").asString()).isNotEmpty();
        for (String path :
                List.of(
                        at(site),
                        SECTORS + "?site=" + site,
                        atSector(sector),
                        "planner/keywords/?site=" + site,
                        "planner/clusters/?site=" + site)) {
            api.get(path).expectRefusal(404, "not_found");
        }
        api.patch(at(site), Map.of("name", "X")).expectRefusal(404, "not_found");
        api.patch(atSector(sector), Map.of("name", "X")).expectRefusal(404, "not_found");
        api.delete(at(site)).expectRefusal(404, "not_found");
        api.delete(atSector(sector)).expectRefusal(404, "not_found");
        assertThat(api.get(SITES).expect(200).json().path("count").asInt()).isZero();
        Reply list = api.get(SITES + "?deleted=true").expect(200);
        assertThat(list.json().path("count").asInt()).isOne();
        assertThat(list.results().path(0).path("restore_until"))
                .isEqualTo(deleted.data().path("restore_until"));

        Reply back = api.post(at(site) + "restore/", "").expect(200);

        assertThat(back.data().path("slug").asString()).isEqualTo("notes");
        assertThat(api.get(SECTORS + "?site=" + site).json().path("count").asInt()).isOne();
        assertThat(api.get("planner/keywords/?site=" + site).json().path("count").asInt())
                .isEqualTo(2);
        assertThat(api.get(SITES + "?deleted=true").json().path("count").asInt()).isZero();
        api.post(at(site) + "restore/", "").expectRefusal(404, "not_found");
    }

    @Test
    void aDeletedSiteMakesRoomAndItsNameAndDomainCanBeHadAgain() {
        Customer customer = product.signUp();
        Api api = customer.api();
        UUID old = api.post(SITES, Customer.site("Notes", "notes.example")).expect(201).id();
        api.delete(at(old)).expect(200);

        Reply fresh = api.post(SITES, Customer.site("Notes", "notes.example")).expect(201);

        assertThat(fresh.data().path("slug").asString()).isEqualTo("notes");
        api.post(at(old) + "restore/", "").expectRefusal(403, "limit_reached");
    }

    @Test
    void aSiteWhoseDomainWasGivenAwayIsNotRestored() {
        Customer customer = onPlan("enterprise");
        Api api = customer.api();
        UUID old = api.post(SITES, Customer.site("Notes", "notes.example")).expect(201).id();
        api.delete(at(old)).expect(200);
        UUID fresh = api.post(SITES, Customer.site("Notes", "notes.example")).expect(201).id();

        api.post(at(old) + "restore/", "").expectRefusal(409, "domain_taken");

        api.patch(at(fresh), Map.of("domain", "other.example")).expect(200);
        Reply back = api.post(at(old) + "restore/", "").expect(200);
        assertThat(back.data().path("slug").asString()).isEqualTo("notes-2");
    }

    @Test
    void afterItsTimeASiteIsNotRestored() throws Exception {
        Customer customer = product.signUp();
        UUID site = customer.addSite();
        customer.api().delete(at(site)).expect(200);

        product.clock()
                .later(
                        Duration.ofDays(14).plusMinutes(1),
                        () -> {
                            Api later = product.signIn(customer).api();
                            later.post(at(site) + "restore/", "").expectRefusal(404, "not_found");
                            assertThat(
                                            later.get(SITES + "?deleted=true")
                                                    .json()
                                                    .path("count")
                                                    .asInt())
                                    .isZero();
                        });
    }

    @Test
    void theLastPlaceIsRestoredOnce() throws Exception {
        Customer customer = product.signUp();
        List<UUID> deleted = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            deleted.add(customer.addSite());
            customer.api().delete(at(deleted.getLast())).expect(200);
        }

        List<Reply> replies =
                both(
                        () -> customer.api().post(at(deleted.get(0)) + "restore/", ""),
                        () -> customer.api().post(at(deleted.get(1)) + "restore/", ""));

        assertThat(replies.stream().map(Reply::status)).containsExactlyInAnyOrder(200, 403);
        assertThat(customer.api().get(SITES).json().path("count").asInt()).isOne();
    }

    @Test
    void aSiteIsDeletedOnce() throws Exception {
        Customer customer = product.signUp();
        UUID site = customer.addSite();

        List<Reply> replies =
                both(() -> customer.api().delete(at(site)), () -> customer.api().delete(at(site)));

        assertThat(replies.stream().map(Reply::status)).containsExactlyInAnyOrder(200, 404);
    }

    @Test
    void deletingAndRestoringAtOnceEndsOneWayOrTheOther() throws Exception {
        Customer customer = product.signUp();
        UUID site = customer.addSite();
        customer.api().delete(at(site)).expect(200);

        List<Reply> replies =
                both(
                        () -> customer.api().post(at(site) + "restore/", ""),
                        () -> customer.api().delete(at(site)));

        boolean deletedAfter = replies.get(1).status() == 200;
        replies.get(0).expect(200);
        assertThat(customer.api().get(at(site)).status()).isEqualTo(deletedAfter ? 404 : 200);
    }

    @Test
    void workOnADeletedSiteIsCancelledAndCostsNothing() {
        Customer customer = product.signUp();
        UUID site = customer.addSite();
        customer.api()
                .upload(
                        "planner/keywords/import/",
                        Map.of("site", site.toString()),
                        "list.txt",
                        "crm software\nbest crm".getBytes(UTF_8))
                .expect(200);
        Reply started =
                customer.api()
                        .post("planner/clusters/auto_cluster/", Map.of("site", site))
                        .expect(202);
        UUID job = UUID.fromString(started.data().path("job_id").asString());

        customer.api().delete(at(site)).expect(200);

        String status = "running";
        for (int look = 0; look < 200 && List.of("queued", "running").contains(status); look++) {
            status = customer.api().get("jobs/" + job + "/").data().path("status").asString();
        }
        assertThat(status).isIn("cancelled", "failed", "succeeded");
        assertThat(customer.balance().held()).isZero();
    }

    @Test
    void sectorsFollowTheSameRules() {
        Customer customer = product.signUp("free"); // Room for one sector
        UUID site = customer.addSite();
        UUID old = customer.addSector(site);
        Api api = customer.api();

        Reply renamed = api.patch(atSector(old), Map.of("name", "Clouds")).expect(200);
        assertThat(renamed.data().path("name").asString()).isEqualTo("Clouds");
        api.patch(atSector(old), Map.of("name", "")).expectInvalid("name");
        api.delete(atSector(old)).expect(200);
        api.get(atSector(old)).expectRefusal(404, "not_found");
        assertThat(api.get(SECTORS + "?site=" + site).json().path("count").asInt()).isZero();
        UUID fresh = customer.addSector(site);
        api.post(atSector(old) + "restore/", "").expectRefusal(403, "limit_reached");
        api.delete(atSector(fresh)).expect(200);
        api.post(atSector(old) + "restore/", "").expect(200);
        assertThat(api.get(SECTORS + "?deleted=true&site=" + site).json().path("count").asInt())
                .isOne();
    }

    @Test
    void aSectorThatWasReplacedIsNotRestored() {
        Customer customer = product.signUp();
        UUID site = customer.addSite();
        UUID old = customer.addSector(site);
        customer.api().delete(atSector(old)).expect(200);
        customer.addSector(site);

        customer.api().post(atSector(old) + "restore/", "").expectRefusal(409, "sector_exists");
    }

    @Test
    void whoIsNoAdminMayNot() {
        Customer customer = product.signUp();
        UUID site = customer.addSite();
        UUID sector = customer.addSector(site);
        UUID goneSector = UUID.randomUUID();
        for (String role : List.of("viewer", "editor")) {
            become(customer, role);
            Api api = customer.api();
            api.patch(at(site), Map.of("name", "X")).expectRefusal(403, "role_too_weak");
            api.delete(at(site)).expectRefusal(403, "role_too_weak");
            api.post(at(site) + "restore/", "").expectRefusal(403, "role_too_weak");
            api.get(SITES + "?deleted=true").expectRefusal(403, "role_too_weak");
            api.patch(atSector(sector), Map.of("name", "X")).expectRefusal(403, "role_too_weak");
            api.delete(atSector(sector)).expectRefusal(403, "role_too_weak");
            api.post(atSector(goneSector) + "restore/", "").expectRefusal(403, "role_too_weak");
        }
        become(customer, "admin");
        customer.api().delete(at(site)).expect(200);
        customer.api().post(at(site) + "restore/", "").expect(200);
    }

    @Test
    void whatBelongsToOthersIsNotFound() {
        Customer owner = product.signUp();
        UUID site = owner.addSite();
        UUID sector = owner.addSector(site);
        Api other = product.signUp().api();

        other.patch(at(site), Map.of("name", "X")).expectRefusal(404, "not_found");
        other.delete(at(site)).expectRefusal(404, "not_found");
        other.patch(atSector(sector), Map.of("name", "X")).expectRefusal(404, "not_found");
        other.delete(atSector(sector)).expectRefusal(404, "not_found");
        owner.api().delete(at(site)).expect(200);
        other.post(at(site) + "restore/", "").expectRefusal(404, "not_found");
        other.post(atSector(sector) + "restore/", "").expectRefusal(404, "not_found");
        assertThat(other.get(SITES + "?deleted=true").json().path("count").asInt()).isZero();
    }
}
