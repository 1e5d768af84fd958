package com.igny8.audit;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was done, in words: {@code site.created} is "added the site Cloud Notes". */
final class Deeds {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    /** Those that do not simply read as verb and thing. */
    private static final Map<String, String> SENTENCES =
            Map.ofEntries(
                    Map.entry("user.signed_in", "signed in"),
                    Map.entry("user.signed_out", "signed out"),
                    Map.entry("account.opened", "opened the account on the plan {plan}"),
                    Map.entry("account.read", "looked at the account in the console"),
                    Map.entry("mails.read", "read the mails"),
                    Map.entry("security_events.read", "read the security events"),
                    Map.entry("keywords.imported", "imported {imported} keywords"),
                    Map.entry("job.started", "started {type} for {credits_held} credits"),
                    Map.entry("job.cancelled", "cancelled {type}"),
                    Map.entry("invitation.sent", "invited {email} as {role}"),
                    Map.entry("member.left", "left the account"),
                    Map.entry("operator.created", "joined the staff"));

    private static final Map<String, String> VERBS = Map.of("created", "added");

    /** Of what there is one in an account. */
    private static final Set<String> UNIQUE = Set.of("ownership", "account");

    private Deeds() {}

    static String of(String action, Map<String, Object> details) {
        String sentence = SENTENCES.get(action);
        return sentence != null && hasAll(sentence, details)
                ? PLACE.matcher(sentence)
                        .replaceAll(
                                place ->
                                        Matcher.quoteReplacement(
                                                inWords(details.get(place.group(1)))))
                : plainly(action, details);
    }

    private static boolean hasAll(String sentence, Map<String, Object> details) {
        return PLACE.matcher(sentence)
                .results()
                .allMatch(place -> details.containsKey(place.group(1)));
    }

    private static String inWords(@Nullable Object value) {
        return value instanceof Number number
                ? "%,d".formatted(number.longValue())
                : String.valueOf(value).replace('_', ' ');
    }

    /** {@code api_key.revoked}: "revoked the api key Robot". */
    private static String plainly(String action, Map<String, Object> details) {
        int dot = action.indexOf('.');
        if (dot < 0) {
            return action.replace('_', ' ');
        }
        String thing = action.substring(0, dot);
        String verb = action.substring(dot + 1);
        Object name = details.getOrDefault("name", details.get("email"));
        String which = name == null || UNIQUE.contains(thing) ? "" : " " + name;
        return changed(verb)
                + " the "
                + thing.replace('_', ' ').replace("api key", "API key")
                + which;
    }

    /** {@code role_changed} of a member: "changed the role of". */
    private static String changed(String verb) {
        return verb.endsWith("_changed")
                ? "changed the " + verb.replaceFirst("_changed$", "").replace('_', ' ') + " of"
                : VERBS.getOrDefault(verb, verb).replace('_', ' ');
    }
}
