package com.igny8.console;

import com.igny8.account.Account;
import com.igny8.account.Accounts;
import com.igny8.identity.NewUser;
import com.igny8.identity.User;
import com.igny8.identity.Users;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.NamedLock;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.StartupRefused;
import com.igny8.tenancy.Tenancy;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * At the first start: the first operator, and the operator's own account. A password made up here
 * is shown once, on the terminal, and is in no log.
 */
@Component
class FirstOperator implements ApplicationRunner {
    private static final String DEFAULT_EMAIL = "operator@igny8.local";

    /** Without those that are mistaken for one another; 20 of them have 99 bits. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int GROUPS = 5;
    private static final int GROUP_LENGTH = 4;

    private final PlatformTransactions platform;
    private final Users users;
    private final Accounts accounts;
    private final AuditLog auditLog;
    private final String configuredEmail;
    private final String configuredPassword;

    FirstOperator(
            PlatformTransactions platform,
            Users users,
            Accounts accounts,
            AuditLog auditLog,
            @Value("${igny8.operator.email}") String configuredEmail,
            @Value("${igny8.operator.password}") String configuredPassword) {
        this.platform = platform;
        this.users = users;
        this.accounts = accounts;
        this.auditLog = auditLog;
        this.configuredEmail = configuredEmail.strip();
        this.configuredPassword = configuredPassword;
    }

    private record Credentials(String email, String password, boolean isGenerated) {}

    @Override
    public void run(ApplicationArguments arguments) {
        // Shown after the commit: what is on the terminal must be good
        createIfMissing().filter(Credentials::isGenerated).ifPresent(FirstOperator::show);
    }

    /** The credentials, where there was no operator; nodes that start together take turns. */
    private Optional<Credentials> createIfMissing() {
        return platform.write(
                jdbc -> {
                    NamedLock.take(jdbc::sql, "first operator");
                    Optional<User> present = users.firstOperator();
                    if (present.isPresent()) {
                        accounts.system(present.get());
                        return Optional.empty();
                    }
                    Credentials credentials = credentials();
                    User operator = create(credentials);
                    writeDown(operator, accounts.system(operator));
                    return Optional.of(credentials);
                });
    }

    private void writeDown(User operator, Account account) {
        Tenancy.as(
                new Caller(account.id(), operator.id(), Role.OWNER, Caller.Via.JOB),
                () -> {
                    auditLog.record(
                            "operator.created",
                            "user:" + operator.id(),
                            Map.of("email", operator.email()));
                    return true;
                });
    }

    private Credentials credentials() {
        String email = configuredEmail.isEmpty() ? DEFAULT_EMAIL : configuredEmail;
        return configuredPassword.isEmpty()
                ? new Credentials(email, generatedPassword(), true)
                : new Credentials(email, configuredPassword, false);
    }

    private static String generatedPassword() {
        SecureRandom random = new SecureRandom();
        return IntStream.range(0, GROUPS)
                .mapToObj(
                        group ->
                                random.ints(GROUP_LENGTH, 0, ALPHABET.length())
                                        .mapToObj(index -> ALPHABET.substring(index, index + 1))
                                        .collect(Collectors.joining()))
                .collect(Collectors.joining("-"));
    }

    private User create(Credentials credentials) {
        try {
            return users.createOperator(
                            new NewUser(
                                    credentials.email(), credentials.password(), "Operator", ""))
                    .orElseThrow(
                            () ->
                                    new StartupRefused(
                                            "IGNY8_OPERATOR_EMAIL belongs to a customer. Choose"
                                                    + " another."));
        } catch (Problem problem) {
            throw new StartupRefused(
                    "IGNY8_OPERATOR_EMAIL or IGNY8_OPERATOR_PASSWORD is not good: "
                            + problem.sentence()
                            + ".");
        }
    }

    private static void show(Credentials credentials) {
        String line = "─".repeat(64);
        System.out.printf(
                """

                ┌%1$s┐
                │ %2$-62s │
                │ %3$-62s │
                │ %4$-62s │
                │ %3$-62s │
                │ %5$-62s │
                │ %6$-62s │
                └%1$s┘

                """,
                line,
                "The first operator. This is shown once: write it down now.",
                "",
                "Sign in at /login",
                "Email     " + credentials.email(),
                "Password  " + credentials.password());
        System.out.flush();
    }
}
