package com.igny8.bank;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a customer writes into the purpose of a transfer so that it can be found: eight characters
 * and one that tells whether they were copied right. None is mistaken for another.
 */
record BankTransferReference(String text) {
    static final int LENGTH = 9;

    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    private static final int GROUP = 3;
    private static final Pattern OTHERS = Pattern.compile("[^0-9A-Z]");
    private static final SecureRandom RANDOM = new SecureRandom();

    BankTransferReference {
        if (!isValid(text)) {
            throw new IllegalArgumentException("Not a reference: " + text);
        }
    }

    static BankTransferReference fresh() {
        StringBuilder drawn = new StringBuilder();
        RANDOM.ints(LENGTH - 1, 0, ALPHABET.length())
                .forEach(index -> drawn.append(ALPHABET.charAt(index)));
        return new BankTransferReference(drawn.append(check(drawn)).toString());
    }

    /**
     * The alphabet's length is prime and no weight is another's, so one wrong character, or two
     * that changed places, always give another check character.
     */
    private static char check(CharSequence characters) {
        int sum = 0;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += (i + 1) * ALPHABET.indexOf(characters.charAt(i));
        }
        return ALPHABET.charAt(sum % ALPHABET.length());
    }

    static boolean isValid(String text) {
        return text.length() == LENGTH
                && text.chars().allMatch(character -> ALPHABET.indexOf(character) >= 0)
                && text.charAt(LENGTH - 1) == check(text);
    }

    /** Letters and digits alone, in capitals. */
    static String plain(String typed) {
        return OTHERS.matcher(typed.toUpperCase(Locale.ROOT)).replaceAll("");
    }

    /** For people: {@code K7Q 2MX 9PA}. */
    String grouped() {
        return text.substring(0, GROUP)
                + " "
                + text.substring(GROUP, 2 * GROUP)
                + " "
                + text.substring(2 * GROUP);
    }
}
