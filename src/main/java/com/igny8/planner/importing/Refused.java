package com.igny8.planner.importing;

/** A cell that cannot be read; the message says what it must be and what was found. */
final class Refused extends RuntimeException {
    private Refused(String sentence) {
        super(sentence, null, false, false);
    }

    static Refused because(String mustBe, String found) {
        return new Refused("must be %s, found “%s”".formatted(mustBe, found));
    }

    static Refused missing() {
        return new Refused("is missing");
    }

    static Refused outOfRange(String mustBe, String found) {
        return new Refused("must be %s, found %s".formatted(mustBe, found));
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
