package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Api;
import com.igny8.testing.Customer;
import com.igny8.testing.Mailbox;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

class SignInGuardTests {
    private final Product product = Product.running();

    private Reply tryPassword(Api from, String email, String password) {
        return from.post("auth/login/", Map.of("email", email, "password", password));
    }

    private Reply tryWrong(String email) {
        return tryPassword(product.api(), email, "not this one");
    }

    private Reply refusedNow(Customer customer) {
        return tryPassword(product.api(), customer.email(), Customer.PASSWORD)
                .expectRefusal(429, "sign_in_locked");
    }

    /** Wrong tries, each as soon as it is admitted, until there are so many. */
    private void failTimes(int times, String email, int done, TestWork then) throws Exception {
        if (done == times) {
            then.run();
            return;
        }
        tryWrong(email).expectRefusal(401, "invalid_credentials");
        product.clock()
                .later(
                        SignInGuard.pause(done + 1).plusMillis(1),
                        () -> failTimes(times, email, done + 1, then));
    }

    private interface TestWork {
        void run() throws Exception;
    }

    @ParameterizedTest
    @CsvSource({
        "1,0",
        "2,0",
        "3,1",
        "4,2",
        "5,4",
        "9,64",
        "10,900",
        "11,1800",
        "16,57600",
        "17,86400",
        "99,86400"
    })
    void thePauseGrows(int failures, long seconds) {
        assertThat(SignInGuard.pause(failures)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void afterThreeWrongTriesTheNextHasToWaitEvenIfItIsRight() throws Exception {
        Customer customer = product.signUp();
        try (var _ = product.clock().still()) {
            for (int i = 0; i < 3; i++) {
                tryWrong(customer.email()).expectRefusal(401, "invalid_credentials");
            }

            assertThat(refusedNow(customer).header("Retry-After")).isEqualTo("1");
            product.clock()
                    .later(
                            Duration.ofSeconds(1).minusNanos(500_000),
                            () ->
                                    assertThat(refusedNow(customer).header("Retry-After"))
                                            .as("of half a millisecond")
                                            .isEqualTo("1"));
        }
        product.clock()
                .later(
                        Duration.ofSeconds(2),
                        () ->
                                tryPassword(product.api(), customer.email(), Customer.PASSWORD)
                                        .expect(200));
    }

    @Test
    void aSuccessForgetsTheWrongTries() {
        Customer customer = product.signUp();
        for (int round = 0; round < 3; round++) {
            tryWrong(customer.email()).expectRefusal(401, "invalid_credentials");
            tryWrong(customer.email()).expectRefusal(401, "invalid_credentials");
            tryPassword(product.api(), customer.email(), Customer.PASSWORD).expect(200);
        }
    }

    @Test
    void tenWrongTriesLockAQuarterOfAnHourAndTellTheOwnerOnce() throws Exception {
        Customer customer = product.signUp();
        try (var _ = product.clock().still()) {
            failTimes(
                    10,
                    customer.email(),
                    0,
                    () -> {
                        // failTimes has let the first lock pass; the eleventh brings a longer one
                        tryWrong(customer.email()).expectRefusal(401, "invalid_credentials");
                        Reply locked =
                                tryPassword(product.api(), customer.email(), Customer.PASSWORD)
                                        .expectRefusal(429, "sign_in_locked");
                        assertThat(locked.header("Retry-After")).isEqualTo("1800");
                    });
        }

        assertThat(new Mailbox(product, customer.email()).letters("sign_in_locked")).hasSize(1);
    }

    /** Guard: strangers elsewhere cannot keep the owner out. */
    @Test
    void otherAddressesAreNotLockedOut() throws Exception {
        Customer customer = product.signUp();
        try (var _ = product.clock().still()) {
            for (int i = 0; i < 3; i++) {
                tryWrong(customer.email());
            }
            tryWrong(customer.email()).expectRefusal(429, "sign_in_locked");
        }

        Api elsewhere = product.api().from(InetAddress.getByName("127.0.0.7"));
        tryPassword(elsewhere, customer.email(), Customer.PASSWORD).expect(200);
    }

    /** Guard: what is counted is the address as typed, whoever has it. */
    @Test
    void whoDoesNotExistIsLockedJustTheSame() {
        Customer customer = product.signUp();
        String nobodys = Product.freshEmail();

        try (var _ = product.clock().still()) {
            for (int i = 0; i < 4; i++) {
                Reply known = tryWrong(customer.email());
                Reply unknown = tryWrong(nobodys);
                assertThat(known.status()).isEqualTo(unknown.status());
                assertThat(known.json().path("error")).isEqualTo(unknown.json().path("error"));
                assertThat(known.code()).isEqualTo(unknown.code());
                assertThat(known.header("Retry-After")).isEqualTo(unknown.header("Retry-After"));
            }
        }
    }

    @Test
    void otherNodesKnowOfIt() throws Exception {
        Customer customer = product.signUp();
        try (Product node = product.node("--igny8.throttle.enabled=false")) {
            failTimes(
                    7,
                    customer.email(),
                    0,
                    () ->
                            tryPassword(node.api(), customer.email(), Customer.PASSWORD)
                                    .expectRefusal(429, "sign_in_locked"));
        }
    }

    /** Guard: what became of the others is looked at after the hash, for right and wrong alike. */
    @Test
    void manyGuessesAtOnceAreNotManyGuesses() throws Exception {
        Customer customer = product.signUp();
        List<Callable<Reply>> guesses = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            guesses.add(() -> tryWrong(customer.email()));
        }
        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(guesses)) {
                answers.add(answer.get().status());
            }
        }

        // Seconds may pass while they are hashed, and let a few more through
        assertThat(answers).filteredOn(status -> status == 401).hasSizeBetween(3, 8);
        assertThat(answers).filteredOn(status -> status != 401).containsOnly(429);
    }

    @Test
    void thePresentPasswordCannotBeGuessedFromAStolenSession() {
        Customer customer = product.signUp();
        Map<String, String> guess =
                Map.of("current_password", "not this one", "new_password", "violet tractor pebble");
        try (var _ = product.clock().still()) {
            for (int i = 0; i < 3; i++) {
                customer.api()
                        .post("auth/change-password/", guess)
                        .expectInvalid("current_password");
            }

            customer.api()
                    .post("auth/change-password/", guess)
                    .expectRefusal(429, "sign_in_locked");
        }
    }

    @Test
    void thePageSaysHowLongToWait() {
        Customer customer = product.signUp();
        PageClient visitor = PageClient.of(product);
        Map<String, String> wrong = Map.of("email", customer.email(), "password", "not this one");
        try (var _ = product.clock().still()) {
            for (int i = 0; i < 3; i++) {
                assertThat(visitor.send("/login", "/login", wrong).status()).isEqualTo(401);
            }

            Reply page = visitor.send("/login", "/login", wrong);

            assertThat(page.status()).isEqualTo(429);
            assertThat(page.header("Retry-After")).isEqualTo("1");
            assertThat(page.body()).contains("Too many wrong tries. Wait a second");
        }
    }
}
