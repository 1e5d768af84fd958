package com.igny8.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.tenancy.PlatformTransactions;
import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Team;
import com.igny8.testing.Together;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class AccountDeletionTests {
    private static final String ACCOUNT = "auth/account/";
    private static final String RESTORE = "auth/account/restore/";

    private final Product product = Product.running();

    static Reply delete(Api api, Map<String, ?> body) {
        return api.send(
                "DELETE", ACCOUNT, BodyPublishers.ofString(Api.JSON.writeValueAsString(body)));
    }

    static Reply delete(Customer customer) {
        return delete(
                customer.api(), Map.of("password", Customer.PASSWORD, "confirm", slug(customer)));
    }

    private static String slug(Customer customer) {
        return customer.api().get(ACCOUNT).expect(200).data().path("slug").asString();
    }

    private Api operator() {
        Customer operator = product.signUp();
        product.sql()
                .sql("UPDATE app_user SET is_operator = true WHERE id = ?")
                .param(operator.userId())
                .update();
        return product.signIn(operator).api();
    }

    private long mails(Customer customer, String template) {
        return product.sql()
                .sql("SELECT count(*) FROM mail WHERE recipient = ? AND template = ?")
                .param(customer.email())
                .param(template)
                .query(Long.class)
                .single();
    }

    /** Guard: who has handed it over while they were asked for their password. */
    @Test
    void whoOwnedTheAccountAMomentAgoDoesNotDeleteIt() throws Exception {
        Team team = Team.of(product);
        Customer previous = team.owner();
        Customer next = team.join("admin");
        var body = Map.of("password", Customer.PASSWORD, "confirm", slug(previous));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> deleting =
                    product.bean(PlatformTransactions.class)
                            .write(
                                    jdbc -> {
                                        jdbc.sql("SELECT id FROM account WHERE id = ? FOR UPDATE")
                                                .param(previous.accountId())
                                                .query()
                                                .singleRow();
                                        var answer =
                                                threads.submit(() -> delete(previous.api(), body));
                                        product.awaitSomebodyWhoWaits();
                                        become(jdbc, previous, "admin");
                                        become(jdbc, next, "owner");
                                        return answer;
                                    });
            deleting.get().expect(403);
        }

        next.api().get(ACCOUNT).expect(200);
    }

    private static void become(JdbcClient jdbc, Customer member, String role) {
        jdbc.sql("UPDATE member SET role = ? WHERE account_id = ? AND user_id = ?")
                .params(role, member.accountId(), member.userId())
                .update();
    }

    @Test
    void theAccountSaysWhatItIsAndCanBeChanged() {
        Customer customer = product.signUp(Map.of("account_name", "Engines"));
        Reply read = customer.api().get(ACCOUNT).expect(200);
        assertThat(read.data().path("name").asString()).isEqualTo("Engines");
        assertThat(read.data().path("contact_email").asString()).isEqualTo(customer.email());
        assertThat(read.data().path("retention_days").asInt()).isEqualTo(14);

        Reply changed =
                customer.api()
                        .with("If-Match", String.valueOf(read.header("ETag")))
                        .patch(
                                ACCOUNT,
                                Map.of(
                                        "name", "Analytical",
                                        "contact_email", "office@analytical.example",
                                        "retention_days", 30))
                        .expect(200);

        assertThat(changed.data().path("name").asString()).isEqualTo("Analytical");
        assertThat(customer.api().get(ACCOUNT).data()).isEqualTo(changed.data());
        customer.api()
                .with("If-Match", String.valueOf(read.header("ETag")))
                .patch(ACCOUNT, Map.of("name", "Late"))
                .expectRefusal(412, "changed_meanwhile");
    }

    @Test
    void whatIsWrongIsNamedAllAtOnceAndNothingElseCanBeSet() {
        Api api = product.signUp().api();
        api.patch(ACCOUNT, Map.of("name", " ", "contact_email", "nobody", "retention_days", 0))
                .expectInvalid("name")
                .expectInvalid("contact_email")
                .expectInvalid("retention_days");
        for (String field : List.of("slug", "status", "id", "account_id", "credits", "is_system")) {
            api.patch(ACCOUNT, Map.of(field, "x")).expectInvalid(field);
        }
    }

    @Test
    void howLongThingsCanBeRestoredIsTheOwnersToSay() {
        Customer customer = product.signUp();
        customer.become("admin");
        customer.api().patch(ACCOUNT, Map.of("name", "By admin")).expect(200);
        customer.api()
                .patch(ACCOUNT, Map.of("retention_days", 30))
                .expectRefusal(403, "role_too_weak");
        customer.become("editor");
        customer.api().get(ACCOUNT).expectRefusal(403, "role_too_weak");
        customer.api().patch(ACCOUNT, Map.of("name", "X")).expectRefusal(403, "role_too_weak");
    }

    @Test
    void itIsDeletedOnlyByWhoMeansIt() {
        Customer customer = product.signUp();
        delete(customer.api(), Map.of("password", "wrong wrong wrong", "confirm", "not it"))
                .expectInvalid("password")
                .expectInvalid("confirm");
        delete(customer.api(), Map.of("password", Customer.PASSWORD)).expectInvalid("confirm");
        for (String role : List.of("viewer", "editor", "admin")) {
            String slug = slug(customer);
            customer.become(role);
            delete(customer.api(), Map.of("password", Customer.PASSWORD, "confirm", slug))
                    .expectRefusal(403, "role_too_weak");
            customer.become("owner");
        }
        customer.api().get(ACCOUNT).expect(200);
    }

    @Test
    void aDeletedAccountIsShutAtOnceAndComesBackWhole() {
        Customer customer = product.signUp();
        UUID site = customer.addSite();

        Reply deleted = delete(customer).expect(200);

        assertThat(deleted.data().path("restore_until").asString()).isNotEmpty();
        for (Api api : List.of(customer.api(), product.signIn(customer).api())) {
            api.get("auth/sites/").expectRefusal(403, "account_deleted");
            api.get(ACCOUNT).expectRefusal(403, "account_deleted");
            api.get("billing/subscription/").expectRefusal(403, "account_deleted");
            delete(api, Map.of("password", Customer.PASSWORD, "confirm", "x"))
                    .expectRefusal(403, "account_deleted");
        }
        assertThat(mails(customer, "account_deleted")).isOne();

        product.signIn(customer).api().post(RESTORE, "").expect(200);

        customer.api().get("auth/sites/" + site + "/").expect(200);
        assertThat(mails(customer, "account_restored")).isOne();
        customer.api().post(RESTORE, "").expectRefusal(409, "not_restorable");
    }

    @Test
    void onlyItsOwnerRestoresIt() {
        Customer customer = product.signUp();
        delete(customer).expect(200);
        customer.become("admin");
        customer.api().post(RESTORE, "").expectRefusal(403, "role_too_weak");
        customer.api().get("auth/account/export/").expectRefusal(403, "role_too_weak");
        product.api().post(RESTORE, "").expect(401);
        customer.become("owner");
        customer.api().post(RESTORE, "").expect(200);
    }

    @Test
    void anOperatorRestoresItToo() {
        Customer customer = product.signUp();
        delete(customer).expect(200);
        String path = "console/accounts/" + customer.accountId() + "/restore/";
        product.signUp().api().post(path, "").expectRefusal(403, "operators_only");

        Api operator = operator();
        operator.post(path, "").expect(200);

        customer.api().get("auth/sites/").expect(200);
        operator.post(path, "").expectRefusal(409, "not_restorable");
        operator.post("console/accounts/" + UUID.randomUUID() + "/restore/", "")
                .expectRefusal(404, "not_found");
        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT action FROM audit_entry
                                         WHERE account_id = ? ORDER BY created_at DESC, id DESC
                                        """)
                                .param(customer.accountId())
                                .query(String.class)
                                .list())
                .startsWith("account.restored", "account.deleted");
    }

    @Test
    void afterItsTimeNobodyRestoresIt() throws Exception {
        Customer customer = product.signUp();
        customer.api().patch(ACCOUNT, Map.of("retention_days", 2)).expect(200);
        delete(customer).expect(200);
        product.clock()
                .later(
                        Duration.ofDays(2).plusSeconds(1),
                        () ->
                                product.signIn(customer)
                                        .api()
                                        .post(RESTORE, "")
                                        .expectRefusal(409, "not_restorable"));
        customer.api().post(RESTORE, "").expect(200);
    }

    @Test
    void itIsDeletedAndRestoredOnce() throws Exception {
        Customer customer = product.signUp();
        Map<String, String> body = Map.of("password", Customer.PASSWORD, "confirm", slug(customer));
        List<Reply> deletions =
                Together.send(
                        () -> delete(customer.api(), body), () -> delete(customer.api(), body));
        assertThat(deletions.stream().filter(reply -> reply.status() == 200)).hasSize(1);
        List<Reply> restores =
                Together.send(
                        () -> customer.api().post(RESTORE, ""),
                        () -> customer.api().post(RESTORE, ""));
        assertThat(restores.stream().map(Reply::status)).containsExactlyInAnyOrder(200, 409);
        assertThat(mails(customer, "account_restored")).isOne();
    }

    @Test
    void whoSignsInToADeletedAccountIsToldSoAndTheOwnerCanRestoreIt() {
        Team team = Team.of(product);
        Customer viewer = team.join("viewer");
        product.sql()
                .sql(
                        """
                        UPDATE account SET deleted_at = now(), deleted_by = ?,
                               restore_until = now() + interval '14 days' WHERE id = ?
                        """)
                .params(team.owner().userId(), team.owner().accountId())
                .update();

        PageClient member = landed(viewer);
        PageClient owner = landed(team.owner());

        assertThat(member.get("/account/deleted").expect(200).body())
                .contains("Its owner deleted it")
                .doesNotContain("/account/restore");
        member.send("/account/restore", Map.of()).expect(403);
        owner.get("/account/deleted").expect(200);
        owner.sendAndFollow("/account/restore", Map.of());
        member.get("/sites").expect(200);
    }

    private PageClient landed(Customer customer) {
        PageClient browser = PageClient.of(product);
        Reply signedIn =
                browser.send(
                        "/login",
                        "/login",
                        Map.of("email", customer.email(), "password", Customer.PASSWORD));
        assertThat(signedIn.expect(303).header("Location")).isEqualTo("/account/deleted");
        return browser;
    }
}
