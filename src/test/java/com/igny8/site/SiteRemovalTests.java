package com.igny8.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Together;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sites and sectors that are deleted, and come back. */
class SiteRemovalTests {
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
        Customer customer = product.signUp("free").onPlan("enterprise");
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
                Together.send(
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
                Together.send(
                        () -> customer.api().delete(at(site)),
                        () -> customer.api().delete(at(site)));

        assertThat(replies.stream().map(Reply::status)).containsExactlyInAnyOrder(200, 404);
    }

    @Test
    void deletingAndRestoringAtOnceEndsOneWayOrTheOther() throws Exception {
        Customer customer = product.signUp();
        UUID site = customer.addSite();
        customer.api().delete(at(site)).expect(200);

        List<Reply> replies =
                Together.send(
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

        await().until(
                        () -> customer.api().get("jobs/" + job + "/").expect(200).data(),
                        state ->
                                state.path("status")
                                        .asString()
                                        .matches("cancelled|failed|succeeded"));
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
            customer.become(role);
            Api api = customer.api();
            api.patch(at(site), Map.of("name", "X")).expectRefusal(403, "role_too_weak");
            api.delete(at(site)).expectRefusal(403, "role_too_weak");
            api.post(at(site) + "restore/", "").expectRefusal(403, "role_too_weak");
            api.get(SITES + "?deleted=true").expectRefusal(403, "role_too_weak");
            api.patch(atSector(sector), Map.of("name", "X")).expectRefusal(403, "role_too_weak");
            api.delete(atSector(sector)).expectRefusal(403, "role_too_weak");
            api.post(atSector(goneSector) + "restore/", "").expectRefusal(403, "role_too_weak");
        }
        customer.become("admin");
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
