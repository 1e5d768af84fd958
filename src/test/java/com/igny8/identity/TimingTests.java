package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Median;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether somebody exists cannot be told by a watch: tries on those who do and those who do not
 * take turns, each is compared with the one beside it, and what counts is the median. The bound is
 * loose, for machines are noisy, yet a skipped hash is far beyond it, as the last test shows.
 */
class TimingTests {
    private static final int PAIRS = 100;
    private static final double INDISTINGUISHABLE = 1.35;

    private final Product product = Product.running();

    private interface Attempt {
        void on(String email);
    }

    /** How many times as long the slower kind takes. */
    private static double ratio(int pairs, Attempt known, Attempt unknown, List<String> emails) {
        for (int i = 0; i < 10; i++) {
            known.on(emails.get(i % emails.size()));
            unknown.on(Product.freshEmail());
        }
        double[] ratios = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            String email = emails.get(i % emails.size());
            boolean knownFirst = i % 2 == 0;
            double before = knownFirst ? nanos(known, email) : 0;
            double ofUnknown = nanos(unknown, Product.freshEmail());
            double ofKnown = knownFirst ? before : nanos(known, email);
            ratios[i] = ofKnown / ofUnknown;
        }
        double ratio = Median.of(ratios);
        return Math.max(ratio, 1 / ratio);
    }

    private static long nanos(Attempt attempt, String email) {
        long start = System.nanoTime();
        attempt.on(email);
        return System.nanoTime() - start;
    }

    /** So many that none is slowed down for its wrong tries: two each. */
    private List<String> people(int count) {
        Customer model = product.signUp();
        List<String> emails = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String email = Product.freshEmail();
            product.sql()
                    .sql(
                            """
                            INSERT INTO app_user (email, password_hash)
                            SELECT ?, password_hash FROM app_user WHERE id = ?
                            """)
                    .params(email, model.userId())
                    .update();
            emails.add(email);
        }
        return emails;
    }

    private void signIn(String email) {
        product.api()
                .post("auth/login/", Map.of("email", email, "password", "not this one"))
                .expectRefusal(401, "invalid_credentials");
    }

    private void askForReset(String email) {
        product.api().post("auth/password-reset/", Map.of("email", email)).expect(200);
    }

    @Test
    void signingInTakesAsLongForWhoDoesNotExist() {
        assertThat(ratio(PAIRS, this::signIn, this::signIn, people(60)))
                .isLessThan(INDISTINGUISHABLE);
    }

    @Test
    void askingForANewPasswordTakesAsLongForWhoDoesNotExist() {
        assertThat(ratio(PAIRS, this::askForReset, this::askForReset, people(10)))
                .isLessThan(INDISTINGUISHABLE);
    }

    /** A refusal without a hash, as it would be if nobody's password were not looked at. */
    @Test
    void aSkippedHashWouldBeSeen() {
        Attempt withoutHash =
                email ->
                        product.api()
                                .post(
                                        "auth/login/",
                                        "{\"email\":\"%s\",\"password\":\"\\ud800\"}"
                                                .formatted(email))
                                .expectRefusal(401, "invalid_credentials");

        assertThat(ratio(PAIRS / 5, this::signIn, withoutHash, people(20)))
                .isGreaterThan(INDISTINGUISHABLE * 1.2);
    }
}
