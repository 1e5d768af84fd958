package com.igny8.tenancy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A data directory that was in use, and of which somebody restored less than all. */
class LostPartsTests {
    private static final Map<String, String> REFUSALS =
            Map.of(
                    "keys/master.key", "The master key",
                    "keys/postgres.password", "keys/postgres.password is missing",
                    "postgres.complete", "postgres.complete is missing");

    private final Path directory = Product.freshDirectory();

    @Test
    void whatLostAPartIsLeftAsItIsUntilThatIsBack() throws IOException {
        String email = Product.freshEmail();
        try (Product product = Product.start(directory)) {
            product.api().post("auth/register/", Product.registration(email)).expect(201);
        }

        for (Map.Entry<String, String> lost : REFUSALS.entrySet()) {
            Path part = directory.resolve(lost.getKey());
            Path aside = directory.resolve("aside");
            Files.move(part, aside);

            assertThatThrownBy(() -> Product.start(directory).close())
                    .as(lost.getKey())
                    .hasStackTraceContaining("StartupRefused: ")
                    .hasStackTraceContaining(lost.getValue());
            Files.move(aside, part, StandardCopyOption.REPLACE_EXISTING);
        }

        try (Product product = Product.start(directory)) {
            Map<String, String> body = Map.of("email", email, "password", Customer.PASSWORD);
            product.api().post("auth/login/", body).expect(200);
        }
    }
}
