package com.igny8.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;
import com.igny8.testing.Team;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

class InvitationTests {
    private static final String INVITATIONS = "auth/invitations/";
    private static final String ACCEPT = "auth/invitations/accept/";

    private final Product product = Product.running();
    private final Team team = Team.of(product);
    private final Customer owner = team.owner();

    private Reply accept(String token) {
        return product.api().post(ACCEPT, Team.acceptance(token));
    }

    @Test
    void somebodyNewGetsAUserASeatAndTheSitesTheyWerePromised() {
        UUID site = owner.addSite();
        owner.addSite();
        String email = Product.freshEmail();

        Customer editor = team.accept(team.invite(email, "editor", site), email);

        Reply me = editor.api().get("auth/me/").expect(200);
        assertThat(me.data().path("email").asString()).isEqualTo(email);
        assertThat(me.data().path("role").asString()).isEqualTo("editor");
        assertThat(me.data().path("email_verified").asBoolean()).isTrue();
        assertThat(editor.accountId()).isEqualTo(owner.accountId());
        Reply sites = editor.api().get("auth/sites/").expect(200);
        assertThat(sites.json().path("count").asInt()).isOne();
        assertThat(sites.results().get(0).path("id").asString()).isEqualTo(site.toString());
        assertThat(product.signIn(editor).accountId()).isEqualTo(owner.accountId());
        assertThat(owner.api().get(INVITATIONS).expect(200).results()).isEmpty();
        assertThat(team.audited()).contains("invitation.sent", "invitation.accepted");
    }

    @Test
    void whoHasAUserSignsInFirstAndThenJoinsWithIt() {
        Customer somebody = product.signUp();
        String token = team.invite(somebody.email().toUpperCase(Locale.ROOT), "admin");

        accept(token).expectRefusal(401, "sign_in_first");
        Reply joined = somebody.api().post(ACCEPT, Map.of("token", token)).expect(200);

        assertThat(joined.data().path("user").path("account").path("id").asString())
                .isEqualTo(owner.accountId().toString());
        assertThat(team.roleOf(somebody)).isEqualTo("admin");
        assertThat(somebody.api().get("auth/accounts/").expect(200).results()).hasSize(2);
        product.api().as(joined.data().path("access").asString()).get("auth/users/").expect(200);
    }

    @Test
    void whoIsSignedInAsSomebodyElseIsTold() {
        Customer somebody = product.signUp();
        String token = team.invite(Product.freshEmail(), "viewer");

        somebody.api().post(ACCEPT, Team.acceptance(token)).expectRefusal(403, "wrong_user");

        assertThat(team.roleOf(somebody)).isEmpty();
        accept(token).expect(200);
    }

    @Test
    void aLinkIsGoodOnce() {
        String token = team.invite(Product.freshEmail(), "viewer");
        accept(token).expect(200);

        accept(token).expectRefusal(409, "invitation_accepted");
    }

    @Test
    void aLinkRunsOutAfterSevenDays() throws Exception {
        String token = team.invite(Product.freshEmail(), "viewer");

        product.clock()
                .later(
                        Duration.ofDays(7).plusSeconds(1),
                        () -> accept(token).expectRefusal(409, "invitation_expired"));
        product.clock().later(Duration.ofDays(6), () -> accept(token).expect(200));
    }

    @Test
    void aRevokedLinkIsWorthNothing() {
        String email = Product.freshEmail();
        String token = team.invite(email, "viewer");
        UUID id = open(email);

        owner.api().delete(INVITATIONS + id + "/").expect(200);

        accept(token).expectRefusal(409, "invitation_revoked");
        owner.api().delete(INVITATIONS + id + "/").expectRefusal(404, "not_found");
        owner.api().post(INVITATIONS + id + "/resend/", "").expectRefusal(404, "not_found");
        team.invite(email, "viewer");
    }

    /** Guard: taking an invitation back and sending another is no way to fill a mail box. */
    @Test
    void nobodyIsMailedWithoutEnd() {
        String email = Product.freshEmail();
        for (int i = 0; i < 5; i++) {
            team.invite(email, "viewer");
            owner.api().delete(INVITATIONS + open(email) + "/").expect(200);
        }

        owner.api()
                .post(INVITATIONS, Team.invitation(email, "viewer"))
                .expectRefusal(429, "too_many_mails");

        team.invite(Product.freshEmail(), "viewer");
    }

    private UUID open(String email) {
        return owner.api()
                .get(INVITATIONS)
                .expect(200)
                .results()
                .valueStream()
                .filter(one -> one.path("email").asString().equals(email))
                .map(one -> UUID.fromString(one.path("id").asString()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sentAgainTheNewLinkCountsAndTheOldDoesNot() throws Exception {
        String email = Product.freshEmail();
        String before = team.invite(email, "viewer");
        String path = INVITATIONS + open(email) + "/resend/";
        owner.api().post(path, "").expectRefusal(409, "sent_just_now");

        product.clock().later(Duration.ofDays(8), () -> ownerAnew().post(path, "").expect(200));

        String after = team.tokenFor(email);
        assertThat(after).isNotEqualTo(before);
        accept(before).expectRefusal(404, "not_found");
        accept(after).expect(200);
    }

    /** The owner signed in anew: tokens do not outlast a clock that is put forward. */
    private Api ownerAnew() {
        return product.signIn(owner).api();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "../../x", "a b"})
    void whatIsNoTokenIsNotFound(String token) {
        assertThat(accept(token).status()).isIn(400, 404);
    }

    @Test
    void theAnswerIsTheSameWhetherOrNotTheAddressIsKnown() {
        Customer known = product.signUp();

        Reply ofKnown =
                owner.api().post(INVITATIONS, Team.invitation(known.email(), "viewer")).expect(201);
        Reply ofUnknown =
                owner.api()
                        .post(INVITATIONS, Team.invitation(Product.freshEmail(), "viewer"))
                        .expect(201);

        assertThat(ofKnown.data().propertyNames()).isEqualTo(ofUnknown.data().propertyNames());
        assertThat(ofKnown.json().path("message")).isEqualTo(ofUnknown.json().path("message"));
        assertThat(ofKnown.body()).doesNotContain(known.userId().toString());
    }

    @Test
    void anAddressIsInvitedOnceInWhateverCase() {
        String email = Product.freshEmail();
        team.invite(email, "viewer");

        owner.api()
                .post(INVITATIONS, Team.invitation(email.toUpperCase(Locale.ROOT), "admin"))
                .expectRefusal(409, "already_invited");
        owner.api()
                .post(
                        INVITATIONS,
                        Team.invitation(owner.email().toUpperCase(Locale.ROOT), "viewer"))
                .expectRefusal(409, "already_member");
    }

    @Test
    void openInvitationsHoldASeatAndWhatIsFullIsFull() throws Exception {
        team.on("starter");
        String email = Product.freshEmail();
        team.invite(email, "viewer");

        Reply refused =
                owner.api()
                        .post(INVITATIONS, Team.invitation(Product.freshEmail(), "viewer"))
                        .expectRefusal(403, "limit_reached");

        assertThat(refused.json().path("limit").asString()).isEqualTo("max_users");
        assertThat(refused.json().path("value").asInt()).isEqualTo(2);
        assertThat(refused.json().path("plan").asString()).isEqualTo("starter");
        product.clock()
                .later(
                        Duration.ofDays(8),
                        () ->
                                ownerAnew()
                                        .post(INVITATIONS, Team.invitation(email, "editor"))
                                        .expect(201));
    }

    @Test
    void whatHasRunOutIsSentAgainOnlyWhereThereIsRoom() throws Exception {
        team.on("starter");
        String email = Product.freshEmail();
        team.invite(email, "viewer");
        String path = INVITATIONS + open(email) + "/resend/";

        product.clock()
                .later(
                        Duration.ofDays(8),
                        () -> {
                            ownerAnew()
                                    .post(INVITATIONS, Team.invitation("b" + email, "viewer"))
                                    .expect(201);
                            ownerAnew().post(path, "").expectRefusal(403, "limit_reached");
                        });
    }

    @Test
    void aSmallerPlanLetsInWhoComesFirst() {
        String first = team.invite(Product.freshEmail(), "viewer");
        String second = team.invite(Product.freshEmail(), "viewer");
        team.on("starter");

        accept(first).expect(200);
        accept(second).expectRefusal(403, "limit_reached");

        assertThat(product.count("member", owner.accountId())).isEqualTo(2);
    }

    @Test
    void sitesOfAnotherAccountAreNotPromised() {
        UUID theirs = product.signUp().addSite();

        owner.api()
                .post(INVITATIONS, Team.invitation(Product.freshEmail(), "editor", theirs))
                .expectRefusal(404, "not_found");

        assertThat(product.count("invitation", owner.accountId())).isZero();
    }

    @Test
    void anotherAccountsInvitationIsNotFound() {
        String email = Product.freshEmail();
        team.invite(email, "viewer");
        UUID id = open(email);
        Customer stranger = product.signUp();

        stranger.api().delete(INVITATIONS + id + "/").expectRefusal(404, "not_found");
        stranger.api().post(INVITATIONS + id + "/resend/", "").expectRefusal(404, "not_found");
        assertThat(stranger.api().get(INVITATIONS).expect(200).json().path("count").asInt())
                .isZero();
        accept(team.tokenFor(email)).expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nobody",
                "a@b",
                "a@b.c\r\nBcc: all@example.com",
                "<a@example.com>",
                "ı@x.com"
            })
    void whatIsNoAddressIsNamed(String email) {
        owner.api().post(INVITATIONS, Team.invitation(email, "viewer")).expectInvalid("email");
    }

    @Test
    void aWeakPasswordOrNameIsNamedAndTheLinkStaysGood() {
        String token = team.invite(Product.freshEmail(), "viewer");
        Map<String, Object> weak = Team.acceptance(token);
        weak.put("password", "password123");
        Map<String, Object> headers = Team.acceptance(token);
        headers.put("first_name", "Grace\r\nBcc: all@example.com");

        product.api().post(ACCEPT, weak).expectInvalid("password");
        product.api().post(ACCEPT, Map.of("token", token)).expectInvalid("password");
        product.api().post(ACCEPT, headers).expectInvalid("first_name");

        accept(token).expect(200);
    }

    @Test
    void theMailLeadsToWhereWeAreWhateverTheRequestSays() {
        String email = Product.freshEmail();
        owner.api()
                .with("X-Forwarded-Host", "evil.example")
                .with("Forwarded", "host=evil.example")
                .post(INVITATIONS, Team.invitation(email, "viewer"))
                .expect(201);

        assertThat(team.mail(email, "invitation"))
                .contains("http://localhost:", "/invitations/", "Your role: viewer", owner.email())
                .doesNotContain("evil");
    }

    @Test
    void theTokenIsKeptAsAHashOnly() {
        String email = Product.freshEmail();
        String token = team.invite(email, "viewer");

        List<String> rows =
                product.sql()
                        .sql("SELECT row::text FROM invitation row WHERE email = ?")
                        .param(email)
                        .query((row, number) -> row.getString(1))
                        .list();

        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst()).doesNotContain(token);
        Reply list = owner.api().get(INVITATIONS).expect(200);
        assertThat(list.body()).doesNotContain(token);
    }

    @Test
    void theSameRequestTwiceInvitesOnce() {
        String email = Product.freshEmail();
        String key = UUID.randomUUID().toString();

        Reply first =
                owner.api()
                        .once(key)
                        .post(INVITATIONS, Team.invitation(email, "viewer"))
                        .expect(201);
        Reply again =
                owner.api()
                        .once(key)
                        .post(INVITATIONS, Team.invitation(email, "viewer"))
                        .expect(201);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(
                        product.sql()
                                .sql("SELECT count(*) FROM mail WHERE recipient = ?")
                                .param(email)
                                .query(Long.class)
                                .single())
                .isOne();
    }
}
