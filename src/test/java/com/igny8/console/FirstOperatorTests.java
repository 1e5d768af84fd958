package com.igny8.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.identity.SignIn;
import com.igny8.identity.User;
import com.igny8.identity.Users;
import com.igny8.tenancy.PlatformTransactions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

@SpringBootTest
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class FirstOperatorTests {
    private static final int NODES = 8;
    private static final Pattern SHOWN =
            Pattern.compile("Password {2}((?:[a-z2-9]{4}-){4}[a-z2-9]{4}) ");

    @TempDir static Path dataDirectory;

    private final FirstOperator firstOperator;
    private final Users users;
    private final SignIn signIn;
    private final PlatformTransactions platform;

    @Autowired
    FirstOperatorTests(
            FirstOperator firstOperator,
            Users users,
            SignIn signIn,
            PlatformTransactions platform) {
        this.firstOperator = firstOperator;
        this.users = users;
        this.signIn = signIn;
        this.platform = platform;
    }

    @DynamicPropertySource
    static void ownDatabase(DynamicPropertyRegistry properties) {
        properties.add("igny8.data-dir", () -> dataDirectory.toString());
    }

    @Test
    void nodesThatStartTogetherMakeOneOperatorAndOneSystemAccountAndShowItOnce(
            CapturedOutput output) throws Exception {
        asBeforeTheFirstStart();
        int shownBefore = output.getOut().length();

        startTogether();

        assertThat(count("SELECT count(*) FROM app_user WHERE is_operator")).isOne();
        assertThat(count("SELECT count(*) FROM account WHERE is_system")).isOne();
        User operator = users.firstOperator().orElseThrow();
        assertThat(operator.email()).isEqualTo("operator@igny8.local");
        var shown = SHOWN.matcher(output.getOut().substring(shownBefore)).results().toList();
        assertThat(shown).hasSize(1);
        String password = shown.getFirst().group(1);
        assertThat(signIn.withPassword("operator@igny8.local", password))
                .isEqualTo(new SignIn.Step.In(operator));
        assertThat(
                        count(
                                """
                                SELECT count(*) FROM member JOIN account ON account.id = account_id
                                 WHERE is_system AND role = 'owner' AND user_id = '%s'\
                                """
                                        .formatted(operator.id())))
                .isOne();
    }

    private void asBeforeTheFirstStart() {
        platform.run(
                jdbc -> {
                    jdbc.sql("UPDATE app_user SET is_operator = false, email = 'was-' || email")
                            .update();
                    jdbc.sql("UPDATE account SET is_system = false").update();
                });
    }

    private void startTogether() throws InterruptedException, ExecutionException {
        try (var nodes = Executors.newFixedThreadPool(NODES)) {
            List<Future<?>> starts = new ArrayList<>();
            for (int node = 0; node < NODES; node++) {
                starts.add(
                        nodes.submit(() -> firstOperator.run(new DefaultApplicationArguments())));
            }
            for (Future<?> start : starts) {
                start.get();
            }
        }
    }

    private long count(String sql) {
        return platform.read(jdbc -> jdbc.sql(sql).query(Long.class).single());
    }
}
