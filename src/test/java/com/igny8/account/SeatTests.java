package com.igny8.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Team;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.UUID;

/** Somebody with an account of their own and a seat in another's. */
class SeatTests {
    private static final String SWITCH = "auth/accounts/switch/";

    private final Product product = Product.running();
    private final Team team = Team.of(product);
    private final Customer guest = product.signUp();

    SeatTests() {
        String token = team.invite(guest.email(), "viewer");
        guest.api().post("auth/invitations/accept/", Map.of("token", token)).expect(200);
        // Accepting used up the refresh token; the access token still acts on the own account
    }

    private static Map<String, Object> to(UUID account) {
        return Map.of("account", account);
    }

    @Test
    void allSeatsAreListedAndWhichOneIsTaken() {
        Reply list = guest.api().get("auth/accounts/").expect(200);

        assertThat(list.results()).hasSize(2);
        for (JsonNode seat : list.results()) {
            boolean own = seat.path("id").asString().equals(guest.accountId().toString());
            assertThat(seat.path("is_current").asBoolean()).isEqualTo(own);
            assertThat(seat.path("role").asString()).isEqualTo(own ? "owner" : "viewer");
            assertThat(seat.path("status").asString()).isEqualTo("trial");
        }
        assertThat(product.signUp().api().get("auth/accounts/").results()).hasSize(1);
    }

    @Test
    void switchingGivesTokensOfTheOtherAccountAndIsRemembered() {
        UUID site = guest.addSite();

        Reply switched = guest.api().post(SWITCH, to(team.owner().accountId())).expect(200);

        Api there = product.api().as(switched.data().path("access").asString());
        assertThat(switched.data().path("user").path("role").asString()).isEqualTo("viewer");
        there.get("auth/sites/" + site + "/").expectRefusal(404, "not_found");
        there.get("billing/credits/transactions/").expectRefusal(403, "role_too_weak");
        guest.api().get("auth/sites/" + site + "/").expect(200);
        assertThat(product.signIn(guest).accountId()).isEqualTo(team.owner().accountId());

        there.post(SWITCH, to(guest.accountId())).expect(200);
        assertThat(product.signIn(guest).accountId()).isEqualTo(guest.accountId());
    }

    @Test
    void switchingUsesUpTheRefreshTokenAndStaysOneSignIn() {
        Customer again = product.signIn(guest);
        Reply switched = again.api().post(SWITCH, to(team.owner().accountId())).expect(200);
        Api there = product.api().as(switched.data().path("access").asString());

        product.api()
                .post("auth/refresh/", Map.of("refresh", again.refresh()))
                .expectRefusal(401, "refresh_token_invalid");

        there.get("auth/me/").expectRefusal(401, "token_invalid");
    }

    @Test
    void whereOneHoldsNoSeatOneCannotSwitchTo() {
        Customer stranger = product.signUp();

        guest.api().post(SWITCH, to(stranger.accountId())).expectRefusal(404, "not_found");
        guest.api().post(SWITCH, to(UUID.randomUUID())).expectRefusal(404, "not_found");
        guest.api().post(SWITCH, Map.of()).expectInvalid("account");
        guest.api()
                .post(SWITCH, Map.of("account", guest.accountId(), "role", "owner"))
                .expectInvalid("role");
        product.api().post(SWITCH, to(guest.accountId())).expectRefusal(401, "not_authenticated");
    }

    @Test
    void fromASuspendedAccountOneCanSwitchAway() {
        product.sql()
                .sql("UPDATE account SET status = 'suspended' WHERE id = ?")
                .param(guest.accountId())
                .update();
        guest.api().get("auth/sites/").expectRefusal(403, "account_suspended");

        Reply switched = guest.api().post(SWITCH, to(team.owner().accountId())).expect(200);

        product.api().as(switched.data().path("access").asString()).get("auth/sites/").expect(200);
    }

    @Test
    void whoWasRemovedActsOnTheirOtherAccountWhenTheySignInNext() {
        guest.api().post(SWITCH, to(team.owner().accountId())).expect(200);
        team.owner().api().delete("auth/users/" + guest.userId() + "/").expect(200);

        Customer again = product.signIn(guest);

        assertThat(again.accountId()).isEqualTo(guest.accountId());
        assertThat(again.api().get("auth/accounts/").results()).hasSize(1);
        again.api().post(SWITCH, to(team.owner().accountId())).expectRefusal(404, "not_found");
    }

    @Test
    void aClosedAccountIsNotTheFirstChoice() {
        product.sql()
                .sql("UPDATE account SET deleted_at = now() WHERE id = ?")
                .param(team.owner().accountId())
                .update();

        assertThat(product.signIn(guest).accountId()).isEqualTo(guest.accountId());
    }
}
