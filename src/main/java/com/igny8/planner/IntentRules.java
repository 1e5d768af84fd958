package com.igny8.planner;

import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells the intent of an English keyword by the words that give it away.
 *
 * <p>Honest about its limits: it knows no brands beyond a few, no language but English and nothing
 * of the results page, so that a bare topic such as {@code kubernetes} stays unknown (null). Rules
 * go from the narrow to the wide and the first that fits decides: {@code how to buy a domain} asks
 * how, and {@code best price} wants to buy.
 */
final class IntentRules {
    private static final Pattern LEARNING =
            anyOf(
                    "how (?:to|do|does|did|can|long|many|often|is|are|i|accurate)",
                    "what(?:'?s| is| are| do| does| did)?|why|when|who|does|am i|will",
                    "where (?:do|does|is|are|to put|to place)|can (?:i|you|we)|should i|do i",
                    "(?:is|are|was|were) (?:it|my|this|there)|could|would|tell me");

    private static final Pattern ARRIVING =
            anyOf(
                    "log ?in|sign ?in|log ?on|official (?:site|website)|homepage|web ?mail|portal",
                    "customer service number|phone number|support number|my account|dashboard",
                    "(?:youtube|facebook|instagram|gmail|netflix|linkedin)(?: app| website)?$");

    private static final Pattern BUYING =
            anyOf(
                    "buy|buying online|purchase|order|coupons?|promo codes?|discounts?|deals?",
                    "for sale|sale|near me|nearby|in stock|free shipping|shipping|delivery",
                    "download|free trial|hire|rent|rental|book|booking|quotes?|subscribe|apply",
                    "cheap|cheapest|clearance|refurbished|black friday|financing|on finance",
                    "lifetime deal|license key|gift card|tickets?");

    private static final Pattern COMPARING =
            anyOf(
                    "best|top(?! up)(?: \\d+)?|vs\\.?|versus|compare|compared|comparison|reviews?",
                    "alternatives?|alternative to|ratings?|rated|worth it|pros and cons",
                    "better than|pric(?:e|es|ing)|costs?|plans|brands|providers|vendors",
                    "companies|affordable|budget|under \\W?\\d+|software for|tools? for|app for",
                    "recommended|cheaper");

    private static final Pattern EXPLAINING =
            anyOf(
                    "guide|tutorials?|examples?|ideas|tips|meaning|definition|explained",
                    "difference between|learn|course notes|checklist|template|cheat sheet",
                    "roadmap|history|statistics|facts|benefits|advantages|disadvantages|causes",
                    "symptoms|fix|not working|error|troubleshooting|step by step|diy|recipes?",
                    "instructions|manual|questions|salary|trends|basics|101|best practices",
                    "for beginners");

    /** Both read like shopping words and ask for knowledge. */
    private static final Pattern PRACTICE =
            anyOf("best practices|best way to|top tips|best time to");

    /** Questions that weigh a purchase. */
    private static final Pattern WEIGHING =
            anyOf(
                    "how much|(?:what is|what's|what are|which is|which) the best|which",
                    "where (?:to|can i) buy");

    private IntentRules() {}

    /** The likely intent; null when the words do not say. */
    static @Nullable Intent classify(String keyword) {
        String text =
                Normalizer.normalize(keyword, Normalizer.Form.NFKC)
                        .toLowerCase(Locale.ROOT)
                        .replace('’', '\'')
                        .strip();
        if (contains(ARRIVING, text) && !starts(LEARNING, text)) {
            return Intent.NAVIGATIONAL;
        }
        if (WEIGHING.matcher(text).lookingAt()) {
            return Intent.COMMERCIAL;
        }
        if (starts(LEARNING, text) || text.endsWith("?") || contains(PRACTICE, text)) {
            return Intent.INFORMATIONAL;
        }
        if (contains(BUYING, text)) {
            return Intent.TRANSACTIONAL;
        }
        if (contains(COMPARING, text)) {
            return Intent.COMMERCIAL;
        }
        return contains(EXPLAINING, text) ? Intent.INFORMATIONAL : null;
    }

    private static boolean starts(Pattern pattern, String text) {
        return pattern.matcher(text).lookingAt();
    }

    private static boolean contains(Pattern pattern, String text) {
        return pattern.matcher(text).find();
    }

    /** Whole words only, whatever script stands around them. */
    private static Pattern anyOf(String... alternatives) {
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}])(?:" + String.join("|", alternatives) + ")(?![\\p{L}\\p{N}])");
    }
}
