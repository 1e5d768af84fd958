package com.igny8.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.identity.Users;
import com.igny8.identity.WebSessions;
import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Team;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.UUID;

class MemberTests {
    private final Product product = Product.running();
    private final Team team = Team.of(product);
    private final Customer owner = team.owner();

    private static String user(Customer somebody) {
        return "auth/users/" + somebody.userId() + "/";
    }

    private static Map<String, String> role(String role) {
        return Map.of("role", role);
    }

    @Test
    void adminsSeeWhoIsThere() {
        Customer admin = team.join("admin");
        team.join("viewer");

        Reply list = admin.api().get("auth/users/").expect(200);

        assertThat(list.json().path("count").asInt()).isEqualTo(3);
        JsonNode first = list.results().get(0);
        assertThat(first.path("id").asString()).isEqualTo(owner.userId().toString());
        assertThat(first.path("role").asString()).isEqualTo("owner");
        assertThat(list.results().get(2).path("first_name").asString()).isEqualTo("Grace");
        assertThat(admin.api().get("auth/users/?search=HOPPER&page_size=1").results()).hasSize(1);
        assertThat(admin.api().get("auth/users/?search=nobody").json().path("count").asInt())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "editor"})
    void othersManageNobody(String role) {
        Customer weak = team.join(role);
        Customer victim = team.join("viewer");
        UUID site = owner.addSite();

        Api api = weak.api();
        api.get("auth/users/").expectRefusal(403, "role_too_weak");
        api.get("auth/invitations/").expectRefusal(403, "role_too_weak");
        api.get("auth/site-access/").expectRefusal(403, "role_too_weak");
        api.patch(user(victim), role("admin")).expectRefusal(403, "role_too_weak");
        api.patch(user(weak), role("admin")).expectRefusal(403, "role_too_weak");
        api.delete(user(victim)).expectRefusal(403, "role_too_weak");
        api.post("auth/invitations/", Team.invitation(Product.freshEmail(), "admin"))
                .expectRefusal(403, "role_too_weak");
        api.post("auth/site-access/", Map.of("user", weak.userId(), "site", site))
                .expectRefusal(403, "role_too_weak");
        api.post("auth/account/transfer-ownership/", transferTo(weak))
                .expectRefusal(403, "role_too_weak");
        assertThat(team.roleOf(weak)).isEqualTo(role);
        assertThat(team.roleOf(victim)).isEqualTo("viewer");
    }

    private static Map<String, Object> transferTo(Customer somebody) {
        return Map.of("user", somebody.userId(), "password", Customer.PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "editor", "admin"})
    void adminsGiveAnyRoleButTheOwners(String role) {
        Customer admin = team.join("admin");
        Customer somebody = team.join("editor");

        Reply changed = admin.api().patch(user(somebody), role(role)).expect(200);

        assertThat(changed.data().path("role").asString()).isEqualTo(role);
        assertThat(team.roleOf(somebody)).isEqualTo(role);
        assertThat(team.audited()).contains("member.role_changed");
    }

    @Test
    void nobodyIsMadeOwnerThisWayNorTheOwnerTouched() {
        Customer admin = team.join("admin");

        for (Customer somebody : new Customer[] {admin, owner}) {
            somebody.api().patch(user(admin), role("owner")).expectInvalid("role");
            somebody.api().patch(user(owner), role("admin")).expectRefusal(403, "owner_stays");
            somebody.api().delete(user(owner)).expectRefusal(403, "owner_stays");
        }
        owner.api().post("auth/users/leave/", "").expectRefusal(403, "owner_cannot_leave");
        assertThat(team.roleOf(owner)).isEqualTo("owner");
        assertThat(team.roleOf(admin)).isEqualTo("admin");
    }

    @ParameterizedTest
    @CsvSource({"'', role", "boss, role", "OWNER, role", "Admin, role"})
    void aRoleIsOneOfThree(String value, String field) {
        Customer somebody = team.join("viewer");

        owner.api().patch(user(somebody), role(value)).expectInvalid(field);
        owner.api()
                .post("auth/invitations/", Team.invitation(Product.freshEmail(), value))
                .expectInvalid(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account_id", "is_system", "is_operator", "user_id", "email", "id"})
    void nothingElseIsChangedAlongWithIt(String field) {
        Customer somebody = team.join("viewer");

        owner.api()
                .patch(user(somebody), Map.of("role", "editor", field, "true"))
                .expectInvalid(field);
        Map<String, Object> acceptance = Team.acceptance("any");
        acceptance.put(field, "true");
        product.api().post("auth/invitations/accept/", acceptance).expectInvalid(field);

        assertThat(team.roleOf(somebody)).isEqualTo("viewer");
    }

    @Test
    void whoIsNotAMemberIsNotFound() {
        Customer stranger = product.signUp();

        owner.api().patch(user(stranger), role("viewer")).expectRefusal(404, "not_found");
        owner.api().delete(user(stranger)).expectRefusal(404, "not_found");
        owner.api()
                .post("auth/account/transfer-ownership/", transferTo(stranger))
                .expectRefusal(404, "not_found");
        stranger.api().delete(user(owner)).expectRefusal(404, "not_found");
        stranger.api().get("auth/sites/").expect(200);
    }

    @Test
    void whoIsRemovedIsOutWithTheNextRequestOfEachKind() {
        UUID site = owner.addSite();
        Customer editor = team.join("editor", site);
        String cookie =
                product.bean(WebSessions.class)
                        .start(
                                product.bean(Users.class).get(editor.userId()),
                                owner.accountId(),
                                "test",
                                "127.0.0.1");
        Api browser = product.api().with("Cookie", "igny8_session=" + cookie);
        browser.get("/sites").expect(200);
        editor.api().get("auth/sites/").expect(200);

        owner.api().delete(user(editor)).expect(200);

        editor.api().get("auth/sites/").expectRefusal(403, "account_missing");
        editor.api().get("auth/sites/" + site + "/").expectRefusal(403, "account_missing");
        Reply refreshed = product.api().post("auth/refresh/", Map.of("refresh", editor.refresh()));
        product.api()
                .as(refreshed.data().path("access").asString())
                .get("auth/sites/")
                .expectRefusal(403, "account_missing");
        assertThat(browser.get("/sites").expect(403).body()).contains("You have no seat");
        assertThat(product.count("site_access", owner.accountId())).isOne();
        assertThat(team.audited()).contains("member.removed");
        owner.api().delete(user(editor)).expectRefusal(404, "not_found");
    }

    @Test
    void everybodyButTheOwnerMayLeave() {
        Customer viewer = team.join("viewer");
        Customer admin = team.join("admin");

        viewer.api().post("auth/users/leave/", "").expect(200);
        admin.api().post("auth/users/leave/", "").expect(200);

        assertThat(team.roleOf(viewer)).isEmpty();
        viewer.api().get("auth/sites/").expectRefusal(403, "account_missing");
        admin.api().post("auth/users/leave/", "").expectRefusal(403, "account_missing");
        assertThat(team.audited()).contains("member.left");
    }

    @ParameterizedTest
    @ValueSource(strings = {"removed", "demoted", "gone"})
    void invitationsOfWhoMayNotInviteAnyMoreAreWorthNothing(String how) {
        Customer admin = team.join("admin");
        String email = Product.freshEmail();
        admin.api().post("auth/invitations/", Team.invitation(email, "admin")).expect(201);
        String token = team.tokenFor(email);

        switch (how) {
            case "removed" -> owner.api().delete(user(admin)).expect(200);
            case "demoted" -> owner.api().patch(user(admin), role("editor")).expect(200);
            default -> admin.api().post("auth/users/leave/", "").expect(200);
        }

        product.api()
                .post("auth/invitations/accept/", Team.acceptance(token))
                .expectRefusal(409, "invitation_revoked");
    }

    @Test
    void theOwnershipIsTransferredToAMember() {
        Customer next = team.join("editor");

        Reply reply =
                owner.api().post("auth/account/transfer-ownership/", transferTo(next)).expect(200);

        assertThat(reply.data().path("role").asString()).isEqualTo("owner");
        assertThat(team.roleOf(next)).isEqualTo("owner");
        assertThat(team.roleOf(owner)).isEqualTo("admin");
        assertThat(team.audited()).contains("ownership.transferred");
        assertThat(team.mail(next.email(), "ownership_received")).contains("owner of the account");
        assertThat(team.mail(owner.email(), "ownership_given")).contains(next.email());
        owner.api()
                .post("auth/account/transfer-ownership/", transferTo(owner))
                .expectRefusal(403, "role_too_weak");
        owner.api().post("auth/users/leave/", "").expect(200);
    }

    @Test
    void onlyTheOwnerWithTheirPasswordTransfersIt() {
        Customer admin = team.join("admin");

        admin.api()
                .post("auth/account/transfer-ownership/", transferTo(admin))
                .expectRefusal(403, "role_too_weak");
        owner.api()
                .post(
                        "auth/account/transfer-ownership/",
                        Map.of("user", admin.userId(), "password", "not this one"))
                .expectInvalid("password");
        owner.api()
                .post("auth/account/transfer-ownership/", transferTo(owner))
                .expectInvalid("user");
        assertThat(team.roleOf(owner)).isEqualTo("owner");
        assertThat(team.audited()).doesNotContain("ownership.transferred");
    }
}
