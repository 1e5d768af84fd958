package com.igny8.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Team;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.UUID;

class StaffMemberPagesTests {
    private final Product product = Product.running();
    private final Team team = Team.of(product);
    private final UUID site = team.owner().addSite();
    private final Operator operator = Operator.of(product);
    private final PageClient browser = PageClient.signedIn(product, operator.email());
    private final String members = "/console/accounts/" + team.owner().accountId() + "/members";

    @Test
    void operatorsLookAfterTheMembersOfAnAccountAndAreWrittenDown() {
        Customer viewer = team.join("viewer");
        String one = members + "/" + viewer.userId();
        assertThat(browser.get(members).expect(200).body())
                .contains("Members of", viewer.email(), team.owner().email())
                .doesNotContain("/account/members");

        browser.send(one, one + "/role", Map.of("role", "editor")).expect(303);
        browser.send(one, one + "/sites", Map.of("site", site.toString())).expect(303);

        assertThat(team.roleOf(viewer)).isEqualTo("editor");
        viewer.api().get("auth/sites/" + site + "/").expect(200);
        assertThat(browser.get(one).expect(200).body()).doesNotContain("Transfer ownership");

        browser.sendAndFollow(one + "/remove", Map.of());

        assertThat(team.roleOf(viewer)).isEmpty();
        assertThat(audited()).contains("member.role_changed", "member.removed");
    }

    @Test
    void whomOperatorsInviteIsInvitedByTheStaffAndNobodyInParticular() {
        String email = Product.freshEmail();

        browser.send(
                        members,
                        members + "/invitations",
                        Map.of("email", email, "role", "editor", "site", site.toString()))
                .expect(303);

        assertThat(team.mail(email, "invitation"))
                .contains("IGNY8 staff invites you")
                .doesNotContain(operator.email(), "Olga");
        String token = team.tokenFor(email);
        assertThat(product.api().get("/invitations/" + token).expect(200).body())
                .contains("IGNY8 staff invites you");
        Customer joined = team.accept(token, email);
        joined.api().get("auth/sites/" + site + "/").expect(200);
        assertThat(audited()).contains("invitation.sent");
    }

    /** Guard: the owner stays the owner, and the operator gets no further than the members. */
    @Test
    void neitherTheOwnerNorAnythingElseIsTheirs() {
        String owner = members + "/" + team.owner().userId();

        assertThat(browser.send(members, owner + "/remove", Map.of()).expect(403).body())
                .contains("The owner stays");
        browser.send(members, owner + "/ownership", Map.of("password", Customer.PASSWORD))
                .expect(404);
        browser.get("/account/members").expect(403);
        browser.get("/sites/" + site).expect(403);
    }

    @Test
    void customersHaveNoPartInIt() {
        PageClient stranger = PageClient.signedIn(product.signUp());

        stranger.get(members).expect(403);
        PageClient.signedIn(team.owner()).get(members).expect(403);
        Reply unknown = browser.get("/console/accounts/" + UUID.randomUUID() + "/members");
        unknown.expect(404);
    }

    private List<String> audited() {
        return product.sql()
                .sql(
                        """
                        SELECT action FROM audit_entry
                         WHERE account_id = ? AND actor_id = ? AND via = 'session'
                        """)
                .params(team.owner().accountId(), operator.userId())
                .query((row, number) -> row.getString(1))
                .list();
    }
}
