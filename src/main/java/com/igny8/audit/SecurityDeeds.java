package com.igny8.audit;

import java.util.Map;

/** What happened to a sign-in, in words. */
final class SecurityDeeds {
    private static final Map<String, String> SENTENCES =
            Map.ofEntries(
                    Map.entry("sign_in.failed", "Somebody tried a wrong password"),
                    Map.entry("sign_in.locked", "Too many wrong tries: stopped for a while"),
                    Map.entry("sign_in.code_failed", "A wrong code, after the right password"),
                    Map.entry(
                            "sign_in.token_reused", "A used token came back: that sign-in is over"),
                    Map.entry("user.signed_in", "Signed in"),
                    Map.entry("user.signed_out", "Signed out"),
                    Map.entry("user.session_ended", "Ended a session"),
                    Map.entry("user.sessions_ended", "Signed out everywhere else"),
                    Map.entry("user.password_changed", "Set a new password"),
                    Map.entry("user.email_change_requested", "Asked for another email address"),
                    Map.entry("user.email_changed", "Confirmed another email address"),
                    Map.entry("user.email_change_undone", "Took the old email address back"),
                    Map.entry("user.second_factor_on", "Turned the second factor on"),
                    Map.entry("user.second_factor_off", "Turned the second factor off"),
                    Map.entry("user.recovery_codes_renewed", "Made new recovery codes"));

    private SecurityDeeds() {}

    static String of(String event) {
        return SENTENCES.getOrDefault(event, event.replace('_', ' ').replace('.', ' '));
    }
}
