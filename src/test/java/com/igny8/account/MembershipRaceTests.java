package com.igny8.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Team;
import com.igny8.testing.Together;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/** Two who want what there is one of: exactly one gets it, the other is told why not. */
class MembershipRaceTests {
    private static final int TIMES = 5;
    private static final String ACCEPT = "auth/invitations/accept/";

    private final Product product = Product.running();
    private final Team team = Team.of(product);
    private final Customer owner = team.owner();

    private static void assertOneWins(List<Reply> replies, int status, String... codes) {
        assertThat(replies).filteredOn(reply -> reply.status() < 300).hasSize(1);
        for (Reply reply : replies) {
            if (reply.status() >= 300) {
                reply.expect(status);
                assertThat(codes).as(reply.body()).contains(reply.code());
            }
        }
    }

    @Test
    void theLastSeatIsAcceptedByOne() throws Exception {
        String first = team.invite(Product.freshEmail(), "viewer");
        String second = team.invite(Product.freshEmail(), "viewer");
        team.on("starter");

        List<Reply> replies =
                Together.held(
                        product,
                        "member",
                        List.of(
                                () -> product.api().post(ACCEPT, Team.acceptance(first)),
                                () -> product.api().post(ACCEPT, Team.acceptance(second))));

        assertOneWins(replies, 403, "limit_reached");
        assertThat(product.count("member", owner.accountId())).isEqualTo(2);
    }

    @Test
    void theLastSeatIsOfferedToOne() throws Exception {
        team.on("starter");
        Map<String, Object> first = Team.invitation(Product.freshEmail(), "viewer");
        Map<String, Object> second = Team.invitation(Product.freshEmail(), "viewer");

        List<Reply> replies =
                Together.held(
                        product,
                        "invitation",
                        List.of(
                                () -> owner.api().post("auth/invitations/", first),
                                () -> owner.api().post("auth/invitations/", second)));

        assertOneWins(replies, 403, "limit_reached");
    }

    @RepeatedTest(TIMES)
    void anAddressIsInvitedOnce() throws Exception {
        Map<String, Object> body = Team.invitation(Product.freshEmail(), "viewer");

        List<Reply> replies =
                Together.send(
                        () -> owner.api().post("auth/invitations/", body),
                        () -> owner.api().post("auth/invitations/", body));

        assertOneWins(replies, 409, "already_invited");
        assertThat(product.count("invitation", owner.accountId())).isOne();
    }

    @RepeatedTest(TIMES)
    void anInvitationIsAcceptedOnce() throws Exception {
        Customer somebody = product.signUp();
        String token = team.invite(somebody.email(), "viewer");

        List<Reply> replies =
                Together.send(
                        () -> somebody.api().post(ACCEPT, Map.of("token", token)),
                        () -> somebody.api().post(ACCEPT, Map.of("token", token)));

        assertOneWins(replies, 409, "invitation_gone", "invitation_accepted");
        assertThat(product.count("member", owner.accountId())).isEqualTo(2);
    }

    @RepeatedTest(TIMES)
    void somebodyNewIsMadeOnce() throws Exception {
        String token = team.invite(Product.freshEmail(), "viewer");

        List<Reply> replies =
                Together.send(
                        () -> product.api().post(ACCEPT, Team.acceptance(token)),
                        () -> product.api().post(ACCEPT, Team.acceptance(token)));

        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 200)
                .extracting(Reply::code)
                .containsAnyOf("sign_in_first", "invitation_accepted", "invitation_gone");
        assertThat(product.count("member", owner.accountId())).isEqualTo(2);
    }

    @RepeatedTest(TIMES)
    void theOwnershipGoesToOne() throws Exception {
        Customer first = team.join("admin");
        Customer second = team.join("admin");

        List<Reply> replies = Together.send(() -> transfer(first), () -> transfer(second));

        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 200)
                .extracting(Reply::code)
                .containsAnyOf("owner_changed", "role_too_weak");
        assertThat(List.of(team.roleOf(first), team.roleOf(second), team.roleOf(owner)))
                .containsExactlyInAnyOrder("owner", "admin", "admin");
    }

    private Reply transfer(Customer next) {
        return owner.api()
                .post(
                        "auth/account/transfer-ownership/",
                        Map.of("user", next.userId(), "password", Customer.PASSWORD));
    }

    @RepeatedTest(TIMES)
    void whoTransfersAndWhoLeavesDoNotLoseTheOwner() throws Exception {
        Customer next = team.join("admin");

        Together.send(() -> transfer(next), () -> next.api().post("auth/users/leave/", ""));

        assertThat(
                        product.sql()
                                .sql(
                                        "SELECT count(*) FROM member"
                                                + " WHERE account_id = ? AND role = 'owner'")
                                .param(owner.accountId())
                                .query(Long.class)
                                .single())
                .isOne();
    }

    @RepeatedTest(TIMES)
    void revokedAndAcceptedAtOnceIsOneOfBoth() throws Exception {
        Customer somebody = product.signUp();
        String token = team.invite(somebody.email(), "viewer");
        String id = owner.api().get("auth/invitations/").results().get(0).path("id").asString();

        List<Reply> replies =
                Together.send(
                        () -> owner.api().delete("auth/invitations/" + id + "/"),
                        () -> somebody.api().post(ACCEPT, Map.of("token", token)));

        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        assertThat(team.roleOf(somebody)).isEqualTo(replies.get(1).status() == 200 ? "viewer" : "");
    }

    @RepeatedTest(TIMES)
    void twoAdminsWhoRemoveEachOtherDoNotBothGo() throws Exception {
        Customer ada = team.join("admin");
        Customer bob = team.join("admin");

        List<Reply> replies =
                Together.send(
                        () -> ada.api().delete("auth/users/" + bob.userId() + "/"),
                        () -> bob.api().delete("auth/users/" + ada.userId() + "/"));

        assertOneWins(replies, 403, "account_missing");
        assertThat(product.count("member", owner.accountId())).isEqualTo(2);
    }
}
