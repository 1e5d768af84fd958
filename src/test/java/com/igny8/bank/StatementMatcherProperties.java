package com.igny8.bank;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.bank.StatementMatch.Confidence;
import com.igny8.kernel.Money;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

class StatementMatcherProperties {
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private static BankTransferWaiting waiting(String number, long due, String reference) {
        return new BankTransferWaiting(
                UUID.randomUUID(),
                "Analytical Engines",
                UUID.randomUUID(),
                number,
                new Money(due, "USD"),
                Instant.EPOCH,
                "Ada Lovelace",
                reference,
                null);
    }

    private static List<StatementMatch> match(
            List<BankTransferWaiting> open, long minor, String payer, String purpose) {
        return new StatementMatcher(open).of(new Money(minor, "USD"), payer, purpose);
    }

    @Property(tries = 300)
    void aReferenceIsFoundAndItsOneWrongCharacterToo(
            @ForAll @IntRange(max = 8) int place, @ForAll @IntRange(max = 30) int character) {
        String reference = BankTransferReference.fresh().text();
        var right = waiting("IGN-2026-000001", 13_900, reference);
        var wrong = waiting("IGN-2026-000002", 13_900, BankTransferReference.fresh().text());
        String grouped =
                new BankTransferReference(reference).grouped().toLowerCase(java.util.Locale.ROOT);

        StatementMatch exact =
                match(List.of(wrong, right), 13_900, "", "pay " + grouped).getFirst();
        assertThat(exact.transfer()).isEqualTo(right);
        assertThat(exact.confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(match(List.of(right), 100, "", grouped).getFirst().confidence())
                .isEqualTo(Confidence.LIKELY);

        StringBuilder mistyped = new StringBuilder(reference);
        mistyped.setCharAt(place, ALPHABET.charAt(character));
        boolean isSame = mistyped.toString().equals(reference);
        assertThat(BankTransferReference.isValid(mistyped.toString())).isEqualTo(isSame);
        StatementMatch near =
                match(List.of(wrong, right), 13_900, "", "IGNY8 " + mistyped).getFirst();
        assertThat(near.transfer()).isEqualTo(right);
        assertThat(near.confidence()).isEqualTo(isSame ? Confidence.CERTAIN : Confidence.LIKELY);
    }

    @Property(tries = 200)
    void charactersThatChangedPlacesAreNoticed(@ForAll @IntRange(max = 6) int place) {
        String reference = BankTransferReference.fresh().text();
        StringBuilder swapped = new StringBuilder(reference);
        swapped.setCharAt(place, reference.charAt(place + 1));
        swapped.setCharAt(place + 1, reference.charAt(place));

        assertThat(BankTransferReference.isValid(swapped.toString()))
                .isEqualTo(reference.charAt(place) == reference.charAt(place + 1));
    }

    @Property(tries = 20)
    void withoutAReferenceNumberNameAndAmountTell() {
        var ada = waiting("IGN-2026-000001", 13_900, BankTransferReference.fresh().text());
        var other = waiting("IGN-2026-000002", 13_900, BankTransferReference.fresh().text());

        assertThat(
                        match(List.of(ada), 13_900, "", "Invoice IGN 2026/000001")
                                .getFirst()
                                .isCertain())
                .isTrue();
        assertThat(match(List.of(ada), 13_900, "LOVELACE, ÁDA", "thanks").getFirst().confidence())
                .isEqualTo(Confidence.LIKELY);
        assertThat(match(List.of(ada), 13_900, "Charles", "thanks").getFirst().confidence())
                .isEqualTo(Confidence.POSSIBLE);
        assertThat(match(List.of(ada, other), 13_900, "Charles", "thanks")).isEmpty();
        assertThat(match(List.of(ada), 13_901, "Ada Lovelace", "thanks")).isEmpty();
        assertThat(
                        new StatementMatcher(List.of(ada))
                                .of(new Money(13_900, "EUR"), "Ada Lovelace", "IGN-2026-000001"))
                .isEmpty();
    }
}
