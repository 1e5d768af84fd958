package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Mailbox;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

class EmailChangeTests {
    private final Product product = Product.running();

    private static Reply change(Customer customer, String email) {
        return customer.api()
                .post("auth/change-email/", Map.of("email", email, "password", Customer.PASSWORD));
    }

    private Reply use(String what, String token) {
        return product.api().post("auth/change-email/" + what + "/", Map.of("token", token));
    }

    /** The address they sign in with from now on. */
    private String changed(Customer customer) {
        String email = Product.freshEmail();
        change(customer, email).expect(200);
        use("confirm", confirmation(email)).expect(200);
        return email;
    }

    private String confirmation(String email) {
        return new Mailbox(product, email)
                .letters("confirm_new_email")
                .getLast()
                .token("/change-email");
    }

    private String undoing(Customer customer) {
        return new Mailbox(product, customer.email())
                .letters("email_change_requested")
                .getLast()
                .token("/undo-email-change");
    }

    private static String emailOf(Customer customer) {
        return customer.api().get("auth/me/").expect(200).data().path("email").asString();
    }

    private Reply signIn(String email) {
        return product.api()
                .post("auth/login/", Map.of("email", email, "password", Customer.PASSWORD));
    }

    @Test
    void theNewAddressCountsOnceItIsConfirmedThere() {
        Customer customer = product.signUp();
        String email = Product.freshEmail();
        change(customer, email).expect(200);
        assertThat(emailOf(customer)).isEqualTo(customer.email());

        use("confirm", confirmation(email)).expect(200);

        assertThat(emailOf(customer)).isEqualTo(email);
        signIn(email).expect(200);
        signIn(customer.email()).expectRefusal(401, "invalid_credentials");
        use("confirm", confirmation(email)).expectInvalid("token");
    }

    @Test
    void theOldAddressUndoesItForAWeekAndPutsEverybodyOut() throws Exception {
        Customer customer = product.signUp();
        String email = changed(customer);
        String undo = undoing(customer);
        product.clock().later(Duration.ofDays(8), () -> use("undo", undo).expectInvalid("token"));

        product.clock().later(Duration.ofDays(6), () -> use("undo", undo).expect(200));

        customer.api().get("auth/me/").expectRefusal(401, "token_invalid");
        assertThat(product.bean(Users.class).get(customer.userId()).email())
                .isEqualTo(customer.email());
        signIn(email).expectRefusal(401, "invalid_credentials");
        use("undo", undo).expectInvalid("token");
    }

    /** Guard: who signs up with the address they freed could never be made to give it back. */
    @Test
    void theOldAddressIsKeptForAWeekForWhoeverMayTakeItBack() throws Exception {
        Customer customer = product.signUp();
        changed(customer);
        Customer another = product.signUp();

        signUpWith(customer.email().toUpperCase(Locale.ROOT)).expectInvalid("email");
        change(another, customer.email()).expect(200);
        use("confirm", confirmation(customer.email())).expectRefusal(409, "email_taken");

        use("undo", undoing(customer)).expect(200);
        assertThat(product.bean(Users.class).get(customer.userId()).email())
                .isEqualTo(customer.email());
    }

    @Test
    void whoChangedTheirAddressMayGoBackToItAndAfterAWeekAnybodyMayHaveIt() throws Exception {
        Customer customer = product.signUp();
        String email = changed(customer);

        change(customer, customer.email()).expect(200);
        use("confirm", confirmation(customer.email())).expect(200);

        assertThat(emailOf(customer)).isEqualTo(customer.email());
        signUpWith(email).expectInvalid("email");
        product.clock().later(Duration.ofDays(8), () -> signUpWith(email).expect(201));
    }

    private Reply signUpWith(String email) {
        return product.api().post("auth/register/", Product.registration(email));
    }

    @Test
    void whatWasUndoneCannotBeConfirmed() {
        Customer customer = product.signUp();
        String email = Product.freshEmail();
        change(customer, email).expect(200);

        use("undo", undoing(customer)).expect(200);

        use("confirm", confirmation(email)).expectInvalid("token");
        setNewPassword(customer, "violet tractor pebble");
        assertThat(emailOf(product.signIn(customer, "violet tractor pebble")))
                .isEqualTo(customer.email());
    }

    private void setNewPassword(Customer customer, String password) {
        String token =
                new Mailbox(product, customer.email())
                        .letters("email_change_undone")
                        .getLast()
                        .token("/reset-password");
        product.api()
                .post("auth/password-reset/confirm/", Map.of("token", token, "password", password))
                .expect(200);
    }

    /**
     * Guard: whoever asked for the change knew the password, and may have made themselves at home.
     */
    @Test
    void whoeverUndoesAChangeTakesAwayWhatAThiefAddedAfterIt() throws Exception {
        Customer customer = product.signUp("free");
        UUID site = customer.addSite();
        String before = key(customer, site).path("id").asString();
        String rotated = key(customer, site).path("id").asString();
        product.clock()
                .later(
                        Duration.ofHours(1),
                        () -> {
                            Customer thief = product.signIn(customer);
                            change(thief, Product.freshEmail()).expect(200);
                            String stolen = key(thief, site).path("key").asString();
                            String renewed =
                                    thief.api()
                                            .post(
                                                    "auth/api-keys/" + rotated + "/rotate/",
                                                    Map.of("overlap_hours", 0))
                                            .expect(200)
                                            .data()
                                            .path("key")
                                            .asString();
                            turnSecondFactorOn(thief);

                            use("undo", undoing(customer)).expect(200);

                            for (String key : List.of(stolen, renewed)) {
                                product.api()
                                        .as(key)
                                        .get("auth/sites/")
                                        .expectRefusal(401, "api_key_revoked");
                            }
                            signIn(customer.email()).expectRefusal(401, "invalid_credentials");
                            setNewPassword(customer, "violet tractor pebble");
                            Customer owner = product.signIn(customer, "violet tractor pebble");
                            assertThat(keys(owner)).containsExactly(before);
                            assertThat(actions(customer)).contains("api_key.revoked");
                        });
    }

    private void turnSecondFactorOn(Customer whose) {
        SecondFactors secondFactors = product.bean(SecondFactors.class);
        User user = product.bean(Users.class).get(whose.userId());
        String text = secondFactors.begin(user, Customer.PASSWORD).secret();
        secondFactors.confirm(user, AuthenticatorApp.code(text, product.clock().instant()));
        assertThat(secondFactors.isOn(user.id())).isTrue();
    }

    private static JsonNode key(Customer whose, UUID site) {
        return whose.api()
                .post(
                        "auth/api-keys/",
                        Map.of("name", "k", "site", site, "scopes", List.of("sites:read")))
                .expect(201)
                .data();
    }

    private static List<String> keys(Customer whose) {
        List<String> ids = new ArrayList<>();
        whose.api()
                .get("auth/api-keys/")
                .expect(200)
                .results()
                .forEach(key -> ids.add(key.path("id").asString()));
        return ids;
    }

    private List<@Nullable String> actions(Customer customer) {
        return product.sql()
                .sql("SELECT action FROM audit_entry WHERE account_id = ?")
                .param(customer.accountId())
                .query(String.class)
                .list();
    }

    /** Guard: the new address may be that of a thief, who knew the password before. */
    @Test
    void aNewPasswordEndsAChangeThatIsNotConfirmed() {
        Customer customer = product.signUp();
        String email = Product.freshEmail();
        change(customer, email).expect(200);
        String link = confirmation(email);
        customer.api()
                .post(
                        "auth/change-password/",
                        Map.of(
                                "current_password",
                                Customer.PASSWORD,
                                "new_password",
                                "orbit walnut lantern"))
                .expect(200);

        use("confirm", link).expectInvalid("token");

        assertThat(emailOf(customer)).isEqualTo(customer.email());
    }

    /** Guard: a thief who moved on, or waits to, is not left a way back. */
    @Test
    void whoeverUndoesAChangeEndsThoseThatCameAfterIt() {
        Customer customer = product.signUp();
        String first = Product.freshEmail();
        change(customer, first).expect(200);
        use("confirm", confirmation(first)).expect(200);
        String second = Product.freshEmail();
        change(customer, second).expect(200);
        use("confirm", confirmation(second)).expect(200);
        String backToFirst =
                new Mailbox(product, first)
                        .letters("email_change_requested")
                        .getLast()
                        .token("/undo-email-change");
        String third = Product.freshEmail();
        change(customer, third).expect(200);

        use("undo", undoing(customer)).expect(200);

        assertThat(
                        product.sql()
                                .sql("SELECT event FROM security_event WHERE user_id = ?")
                                .param(customer.userId())
                                .query(String.class)
                                .list())
                .containsExactlyInAnyOrder(
                        "user.email_changed", "user.email_changed", "user.email_change_undone");
        use("undo", backToFirst).expectInvalid("token");
        use("confirm", confirmation(third)).expectInvalid("token");
        assertThat(product.bean(Users.class).get(customer.userId()).email())
                .isEqualTo(customer.email());
    }

    @Test
    void aTakenAddressGetsTheSameAnswerAndOnlyItsOwnerIsTold() {
        Customer customer = product.signUp();
        Customer owner = product.signUp();

        Reply taken = change(customer, owner.email()).expect(200);
        Reply free = change(customer, Product.freshEmail()).expect(200);

        assertThat(taken.json().path("message")).isEqualTo(free.json().path("message"));
        assertThat(new Mailbox(product, owner.email()).letters("already_registered")).hasSize(1);
        assertThat(new Mailbox(product, owner.email()).letters("confirm_new_email")).isEmpty();
    }

    @Test
    void twoWhoWantTheSameAddressAndOneGetsIt() {
        Customer first = product.signUp();
        Customer second = product.signUp();
        String email = Product.freshEmail();
        change(first, email).expect(200);
        String firsts = confirmation(email);
        change(second, email).expect(200);
        String seconds = confirmation(email);

        use("confirm", seconds).expect(200);
        use("confirm", firsts).expectRefusal(409, "email_taken");

        assertThat(emailOf(first)).isEqualTo(first.email());
    }

    @Test
    void itNeedsThePasswordAndAnAddress() {
        Customer customer = product.signUp();
        Map<String, String> wrong = Map.of("email", Product.freshEmail(), "password", "not it");

        customer.api().post("auth/change-email/", wrong).expectInvalid("password");
        change(customer, "not an address").expectInvalid("email");
        change(customer, customer.email()).expectInvalid("email");
    }

    /** Guard: a link proves the address it was sent to, not the one that is there by now. */
    @Test
    void aLinkToTheOldAddressDoesNotConfirmTheNewOne() {
        Customer customer = product.signUp();
        String old =
                new Mailbox(product, customer.email())
                        .letters("verify_email")
                        .getFirst()
                        .token("/verify-email");
        product.sql()
                .sql("UPDATE app_user SET email = ? WHERE id = ?")
                .params(Product.freshEmail(), customer.userId())
                .update();

        product.api().post("auth/verify-email/", Map.of("token", old)).expect(200);

        assertThat(customer.api().get("auth/me/").data().path("email_verified").asBoolean(true))
                .isFalse();
    }

    @Test
    void theMailToConfirmIsSentAgainAFewTimesAnHour() {
        Customer customer = product.signUp();
        for (int i = 0; i < 4; i++) {
            customer.api().post("auth/verify-email/resend/", "").expect(200);
        }
        customer.api().post("auth/verify-email/resend/", "").expectRefusal(429, "too_many_mails");
        Mailbox mailbox = new Mailbox(product, customer.email());
        String token = mailbox.letters("verify_email").getLast().token("/verify-email");

        product.api().post("auth/verify-email/", Map.of("token", token)).expect(200);

        customer.api().post("auth/verify-email/resend/", "").expectRefusal(409, "email_verified");
    }
}
