package com.igny8.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Team;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.UUID;

class StaffMemberApiTests {
    private final Product product = Product.running();
    private final Team team = Team.of(product);
    private final UUID site = team.owner().addSite();
    private final Operator operator = Operator.of(product);
    private final String members = "console/accounts/" + team.owner().accountId() + "/members/";

    @Test
    void operatorsLookAfterTheMembersOfAnAccountAndAreWrittenDown() {
        Customer viewer = team.join("viewer");

        Reply all = operator.api().get(members).expect(200);

        assertThat(all.results().valueStream().map(member -> member.path("email").asString()))
                .containsExactlyInAnyOrder(team.owner().email(), viewer.email());
        operator.api().patch(members + viewer.userId() + "/", Map.of("role", "editor")).expect(200);
        assertThat(team.roleOf(viewer)).isEqualTo("editor");
        UUID access =
                operator.api()
                        .post(
                                members + "site-access/",
                                Map.of("user", viewer.userId(), "site", site))
                        .expect(201)
                        .id();
        viewer.api().get("auth/sites/" + site + "/").expect(200);
        assertThat(operator.api().get(members + "site-access/?user=" + viewer.userId()).results())
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(one.path("granted_by").asString())
                                        .isEqualTo(operator.userId().toString()));
        operator.api().delete(members + "site-access/" + access + "/").expect(200);
        viewer.api().get("auth/sites/" + site + "/").expect(404);

        operator.api().delete(members + viewer.userId() + "/").expect(200);

        viewer.api().get("auth/sites/").expectRefusal(403, "account_missing");
        assertThat(audited())
                .contains(
                        "account.read",
                        "member.role_changed",
                        "site_access.granted",
                        "site_access.revoked",
                        "member.removed");
    }

    @Test
    void whomOperatorsInviteIsInvitedOnceByTheStaffAndNobodyInParticular() {
        String email = Product.freshEmail();
        Map<String, Object> invitation = Team.invitation(email, "editor", site);

        UUID sent =
                operator.api()
                        .once("an invitation")
                        .post(members + "invitations/", invitation)
                        .id();
        UUID again =
                operator.api()
                        .once("an invitation")
                        .post(members + "invitations/", invitation)
                        .expect(201)
                        .id();

        assertThat(again).isEqualTo(sent);
        assertThat(operator.api().get(members + "invitations/").expect(200).results()).hasSize(1);
        assertThat(team.mail(email, "invitation"))
                .contains("IGNY8 staff invites you")
                .doesNotContain(operator.email(), "Olga");
        String link = "/invitations/" + team.tokenFor(email);
        operator.api().delete(members + "invitations/" + sent + "/").expect(200);
        assertThat(product.api().get(link).body()).doesNotContain("invites you");
        assertThat(audited()).contains("invitation.sent", "invitation.revoked");
    }

    /** Guards: the owner stays, and the account of the path is the only one there is. */
    @Test
    void neitherTheOwnerNorAnotherAccountsPeopleAreTheirsToMove() {
        Team other = Team.of(product);
        Customer stranger = other.join("viewer");
        UUID theirs = other.owner().addSite();

        operator.api()
                .delete(members + team.owner().userId() + "/")
                .expectRefusal(403, "owner_stays");
        operator.api()
                .patch(members + stranger.userId() + "/", Map.of("role", "admin"))
                .expectRefusal(404, "not_found");
        operator.api()
                .post(members + "site-access/", Map.of("user", stranger.userId(), "site", theirs))
                .expectRefusal(404, "not_found");
        assertThat(
                        operator.api()
                                .get(members + "site-access/?site=" + theirs)
                                .expect(200)
                                .results())
                .isEmpty();
        assertThat(other.roleOf(stranger)).isEqualTo("viewer");
    }

    @Test
    void customersHaveNoPartInItNorIsTheOperatorsOwnAccountOne() {
        UUID own =
                product.sql()
                        .sql("SELECT id FROM account WHERE is_system")
                        .query(UUID.class)
                        .single();

        team.owner().api().get(members).expectRefusal(403, "operators_only");
        for (UUID none : List.of(own, UUID.randomUUID())) {
            operator.api()
                    .get("console/accounts/" + none + "/members/")
                    .expectRefusal(404, "not_found");
            operator.api()
                    .post(
                            "console/accounts/" + none + "/members/invitations/",
                            Team.invitation(Product.freshEmail(), "admin"))
                    .expectRefusal(404, "not_found");
        }
    }

    private List<String> audited() {
        return product.sql()
                .sql("SELECT action FROM audit_entry WHERE account_id = ? AND actor_id = ?")
                .params(team.owner().accountId(), operator.userId())
                .query((row, number) -> row.getString(1))
                .list();
    }
}
