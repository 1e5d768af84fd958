package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** A password takes long to check: meanwhile it may be changed, by somebody who has a reason to. */
class SignInRaceTests {
    private static final String ANOTHER = "violet tractor pebble";

    private final Product product = Product.running();
    private final Customer customer = product.signUp();

    private static Reply changePassword(Customer whose) {
        return whose.api()
                .post(
                        "auth/change-password/",
                        Map.of("current_password", Customer.PASSWORD, "new_password", ANOTHER))
                .expect(200);
    }

    private Reply signIn() {
        return product.api()
                .post(
                        "auth/login/",
                        Map.of("email", customer.email(), "password", Customer.PASSWORD));
    }

    /** The moment between the check and what it leads to, held still. */
    @Test
    void aPasswordThatWasRightWhenItWasCheckedLetsNobodyInOnceItIsChanged() {
        SignIn.Step step =
                product.bean(SignIn.class).withPassword(customer.email(), Customer.PASSWORD);
        User checked = ((SignIn.Step.In) step).user();

        changePassword(customer);

        assertEnded(
                () ->
                        product.bean(WebSessions.class)
                                .start(checked, customer.accountId(), "a browser", "127.0.0.1"));
        assertEnded(() -> product.bean(RefreshTokens.class).start(checked, customer.accountId()));
        assertEnded(
                () ->
                        product.bean(EmailChanges.class)
                                .request(checked, Product.freshEmail(), ANOTHER));
    }

    @Test
    void aCodeThatWasRightLetsNobodyInOnceThePasswordIsChanged() {
        SecondFactors secondFactors = product.bean(SecondFactors.class);
        User user = product.bean(Users.class).get(customer.userId());
        String secret = secondFactors.begin(user, Customer.PASSWORD).secret();
        Instant now = product.clock().instant();
        secondFactors.confirm(user, AuthenticatorApp.code(secret, now.minusSeconds(30)));
        SignIn signIn = product.bean(SignIn.class);
        var needed =
                (SignIn.Step.CodeNeeded) signIn.withPassword(customer.email(), Customer.PASSWORD);
        User checked = signIn.withCode(needed.challenge(), AuthenticatorApp.code(secret, now));

        changePassword(customer);

        assertEnded(() -> product.bean(RefreshTokens.class).start(checked, customer.accountId()));
    }

    private static void assertEnded(ThrowingCallable late) {
        assertThatThrownBy(late).hasMessageContaining("signed out everywhere");
    }

    /** Many who know the old password, all through the moment of its change. */
    @Test
    void whoSignsInWhileThePasswordIsChangedIsOutAfterwards() throws Exception {
        var isChanged = new AtomicBoolean();
        Callable<List<Reply>> thief =
                () -> {
                    List<Reply> replies = new ArrayList<>();
                    while (!isChanged.get()) {
                        replies.add(signIn());
                    }
                    return replies;
                };
        List<Reply> replies = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Reply>>> thieves = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                thieves.add(threads.submit(thief));
            }
            changePassword(customer);
            isChanged.set(true);
            for (Future<List<Reply>> done : thieves) {
                replies.addAll(done.get());
            }
        }

        List<Reply> let = replies.stream().filter(reply -> reply.status() == 200).toList();
        assertThat(let).isNotEmpty();
        assertThat(let)
                .allSatisfy(
                        reply ->
                                product.api()
                                        .as(reply.data().path("access").asString())
                                        .get("auth/me/")
                                        .expectRefusal(401, "token_invalid"));
    }
}
