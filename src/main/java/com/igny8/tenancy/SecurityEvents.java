package com.igny8.tenancy;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * Writes down what concerns the security of the product and belongs to no account, such as a
 * sign-in that failed or a password that was reset. Kept for 90 days.
 */
@Component
public class SecurityEvents {
    /** With its mask it fits into what there is room for. */
    private static final int MAX_EMAIL_LENGTH = 250;

    private final PlatformTransactions platform;
    private final SecretBox secretBox;

    SecurityEvents(PlatformTransactions platform, SecretBox secretBox) {
        this.platform = platform;
        this.secretBox = secretBox;
    }

    /** Somebody gave an email and a password that do not belong together. */
    public void signInFailed(String email) {
        ofAddress("sign_in.failed", email);
    }

    /** Somebody tried so often that they have to wait. */
    public void signInLocked(String email) {
        ofAddress("sign_in.locked", email);
    }

    private void ofAddress(String event, String email) {
        record(event, null, masked(email), fingerprint(email));
    }

    /** By which events of an address are found; the address itself is not kept. */
    public String fingerprint(String email) {
        return secretBox.fingerprint("email " + email.strip().toLowerCase(Locale.ROOT));
    }

    /** Somebody who acts on no account did, or had done to them, what {@code event} says. */
    public void ofPerson(String event, UUID userId) {
        record(event, userId, "user:" + userId, null);
    }

    private void record(
            String event,
            @Nullable UUID userId,
            String subject,
            @Nullable String emailFingerprint) {
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        INSERT INTO security_event (event, user_id, subject,
                                            email_fingerprint, address, user_agent, request_id)
                                        VALUES (:event, :user, :subject, :fingerprint, :address,
                                            :user_agent, :request_id)
                                        """)
                                .param("event", event)
                                .param("user", userId)
                                .param("subject", subject)
                                .param("fingerprint", emailFingerprint)
                                .param("address", MDC.get(AuditLog.CLIENT_ADDRESS))
                                .param("user_agent", MDC.get(AuditLog.USER_AGENT))
                                .param("request_id", MDC.get(AuditLog.REQUEST_ID))
                                .update());
    }

    /** Enough to know one's own again; people type passwords into the field above, too. */
    static String masked(String email) {
        int at = email.lastIndexOf('@');
        return at < 1 || email.length() > MAX_EMAIL_LENGTH
                ? "(no email)"
                : email.substring(0, Math.min(2, at)) + "***" + email.substring(at);
    }

    @Bean
    static RecurringTask<Void> securityEventExpiry(PlatformTransactions platform) {
        return Tasks.recurring("security-event-expiry", FixedDelay.of(Duration.ofHours(6)))
                .execute(
                        (instance, context) ->
                                platform.run(
                                        jdbc ->
                                                jdbc.sql(
                                                                """
                                                                DELETE FROM security_event
                                                                 WHERE created_at
                                                                     < now() - interval '90 days'
                                                                """)
                                                        .update()));
    }
}
