package com.igny8.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

import java.util.Map;

/**
 * Hashes as they are found in the database. Those of the earlier system were made by Python:
 *
 * <pre>base64.b64encode(hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), n))</pre>
 */
class StoredPasswordTests {
    private static final String DJANGO =
            "pbkdf2_sha256$600000$qZ3kVn8s1LxY7bTcR0mWpA$bVrF0CjSYEGTVeUqx+FPxHovXEk1/Kw2vVNmTwQKeCE=";
    private static final String DJANGO_UNICODE =
            "pbkdf2_sha256$150000$8sKd0fJq2LmZx7CvBn3Wer$FrzFKCZu+Bau3GGg7sQSoZaZB5ZXi3bJ/Kx9VFsSUlQ=";

    private final Product product = Product.running();
    private final Passwords passwords = product.bean(Passwords.class);

    @ParameterizedTest
    @ValueSource(
            strings = {
                DJANGO,
                "{pbkdf2_sha256}" + DJANGO,
                "pbkdf2_sha256$870000$Ab9fK2mQ0zR7sT5uV3wX1y$YUBYjDddbCKQVoNRwN9Am+eySiLUyYelROSZE20XeGA=",
                "pbkdf2_sha256$1000000$n4H8pLs2DqWe6RtYu0IoPa$GvOjyP4RfQd4ZPkqIcPUoG/+5DUra0n0iafAcopP7k8=",
                "pbkdf2_sha256$1$salt$rh0KDaKf97sPvWudVSl7Ca3D+wYH6xrDaxG6HIAjQuM=",
            })
    void whatDjangoWroteVerifiesAndIsToBeReplaced(String hash) {
        assertThat(passwords.matches(Customer.PASSWORD, hash)).isTrue();
        assertThat(passwords.matches("lantern orbit walnuts", hash)).isFalse();
        assertThat(passwords.isOutdated(hash)).isTrue();
    }

    @Test
    void passwordsOfAnyScriptVerify() {
        assertThat(passwords.matches("пароль 密码 🔑", DJANGO_UNICODE)).isTrue();
        assertThat(passwords.matches("пароль 密码", DJANGO_UNICODE)).isFalse();
    }

    /** Thrice, since memory that was not wiped would tell at the second and third. */
    @Test
    void ourHashesAreThoseOfSpringSecurityAndTheOtherWayRound() {
        var springs = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
        for (int time = 0; time < 3; time++) {
            String password = "пароль 密码 🔑 " + time;
            String ours = passwords.hash(password);

            assertThat(springs.matches(password, ours.replace("{argon2}", ""))).isTrue();
            assertThat(springs.upgradeEncoding(ours.replace("{argon2}", ""))).isFalse();
            assertThat(passwords.hash(password)).isNotEqualTo(ours);
            assertThat(passwords.matches(password, "{argon2}" + springs.encode(password))).isTrue();
            assertThat(passwords.matches(password + '!', ours)).isFalse();
        }
    }

    /** Guard: a hash planted in an import must not keep a core busy for minutes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pbkdf2_sha256$5000001$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "pbkdf2_sha256$2147483648$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "pbkdf2_sha256$0$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "pbkdf2_sha256$-1$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "pbkdf2_sha256$1000$$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "pbkdf2_sha256$1000$salt$AAAA",
                "pbkdf2_sha1$1000$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "{noop}lantern orbit walnut",
                "lantern orbit walnut",
                "!unusable",
                "",
            })
    void whatIsNoHashMatchesNothing(String hash) {
        assertThat(passwords.matches(Customer.PASSWORD, hash)).isFalse();
    }

    @Test
    void aSignInReplacesAHashOfTheEarlierSystem() {
        assertReplaced(DJANGO);
    }

    @Test
    void aSignInReplacesAnArgon2HashOfWeakerParameters() {
        assertReplaced(
                "{argon2}"
                        + new Argon2PasswordEncoder(16, 32, 1, 4096, 1).encode(Customer.PASSWORD));
    }

    private void assertReplaced(String hash) {
        Customer customer = product.signUp();
        store(customer, hash);

        product.api()
                .post("auth/login/", Map.of("email", customer.email(), "password", "wrong one"))
                .expectRefusal(401, "invalid_credentials");
        assertThat(stored(customer)).isEqualTo(hash);
        product.signIn(customer);

        String replaced = stored(customer);
        assertThat(replaced).startsWith("{argon2}$argon2id$v=19$m=19456,t=2,p=1$");
        product.signIn(customer);
        assertThat(stored(customer)).isEqualTo(replaced);
    }

    private void store(Customer customer, String hash) {
        product.sql()
                .sql("UPDATE app_user SET password_hash = ? WHERE id = ?")
                .params(hash, customer.userId())
                .update();
    }

    private String stored(Customer customer) {
        return product.sql()
                .sql("SELECT password_hash FROM app_user WHERE id = ?")
                .param(customer.userId())
                .query(String.class)
                .single();
    }
}
