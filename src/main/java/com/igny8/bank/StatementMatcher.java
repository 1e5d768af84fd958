package com.igny8.bank;

import com.igny8.bank.StatementMatch.Confidence;
import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out what money that came in is for: by the reference or the invoice's number in its purpose
 * (also with blanks, or one character wrong), by amount and name, and at last by amount alone.
 */
final class StatementMatcher {
    private static final int MOST = 5;
    private static final int SHORTEST_WORD = 3;
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final List<Candidate> candidates;

    /** An invoice with its texts made comparable once. */
    private record Candidate(BankTransferWaiting transfer, String number, Set<String> names) {
        static Candidate of(BankTransferWaiting transfer) {
            return new Candidate(
                    transfer,
                    BankTransferReference.plain(transfer.invoiceNumber()),
                    words(transfer.billedTo() + " " + transfer.accountName()));
        }
    }

    StatementMatcher(List<BankTransferWaiting> open) {
        this.candidates = open.stream().map(Candidate::of).toList();
    }

    /** The best first; those that nothing speaks for are left out. */
    List<StatementMatch> of(Money amount, String payerName, String purpose) {
        String plain = BankTransferReference.plain(purpose);
        Set<String> payer = words(payerName);
        List<StatementMatch> found =
                candidates.stream()
                        .filter(
                                candidate ->
                                        candidate
                                                .transfer()
                                                .due()
                                                .currency()
                                                .equals(amount.currency()))
                        .flatMap(candidate -> match(candidate, amount, payer, plain).stream())
                        .sorted(Comparator.comparing(StatementMatch::confidence))
                        .limit(MOST)
                        .toList();
        return found.isEmpty() ? byAmountAlone(amount) : found;
    }

    private static Optional<StatementMatch> match(
            Candidate candidate, Money amount, Set<String> payer, String purpose) {
        BankTransferWaiting transfer = candidate.transfer();
        boolean isExact = transfer.due().equals(amount);
        String reference = transfer.reference();
        if (reference != null && purpose.contains(reference)) {
            return Optional.of(named(transfer, isExact, "The reference stands in the purpose"));
        }
        if (purpose.contains(candidate.number())) {
            return Optional.of(
                    named(transfer, isExact, "The invoice's number stands in the purpose"));
        }
        if (isNearlyIn(purpose, reference)) {
            String reason = "The reference stands in the purpose with one character wrong";
            return Optional.of(
                    new StatementMatch(
                            transfer,
                            isExact ? Confidence.LIKELY : Confidence.POSSIBLE,
                            isExact ? reason + ", and the amount is right" : reason));
        }
        return isExact && isSameName(candidate.names(), payer)
                ? Optional.of(
                        new StatementMatch(
                                transfer, Confidence.LIKELY, "The amount and the name are right"))
                : Optional.empty();
    }

    private static StatementMatch named(
            BankTransferWaiting transfer, boolean isExact, String reason) {
        return isExact
                ? new StatementMatch(
                        transfer, Confidence.CERTAIN, reason + ", and the amount is right")
                : new StatementMatch(
                        transfer, Confidence.LIKELY, reason + ", but the amount is another");
    }

    /** One character too many, too few or another one. */
    private static boolean isNearlyIn(String purpose, @Nullable String reference) {
        if (reference == null) {
            return false;
        }
        for (int length = reference.length() - 1; length <= reference.length() + 1; length++) {
            for (int start = 0; start + length <= purpose.length(); start++) {
                if (isNear(purpose.substring(start, start + length), reference)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isNear(String written, String wanted) {
        int begin = 0;
        int shorter = Math.min(written.length(), wanted.length());
        while (begin < shorter && written.charAt(begin) == wanted.charAt(begin)) {
            begin++;
        }
        int end = 0;
        while (end < shorter - begin
                && written.charAt(written.length() - 1 - end)
                        == wanted.charAt(wanted.length() - 1 - end)) {
            end++;
        }
        return Math.max(written.length(), wanted.length()) - begin - end <= 1;
    }

    /** Every word of the payer's is one of the customer's, or the other way round. */
    private static boolean isSameName(Set<String> customer, Set<String> payer) {
        return !payer.isEmpty()
                && !customer.isEmpty()
                && (customer.containsAll(payer) || payer.containsAll(customer));
    }

    private static Set<String> words(String name) {
        String folded =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
        return Arrays.stream(BETWEEN_WORDS.split(folded.toLowerCase(Locale.ROOT)))
                .filter(word -> word.length() >= SHORTEST_WORD)
                .collect(Collectors.toSet());
    }

    /** Only where one invoice alone is over that amount. */
    private List<StatementMatch> byAmountAlone(Money amount) {
        List<BankTransferWaiting> same =
                candidates.stream()
                        .map(Candidate::transfer)
                        .filter(transfer -> transfer.due().equals(amount))
                        .limit(2)
                        .toList();
        return same.size() == 1
                ? Stream.of(same.getFirst())
                        .map(
                                transfer ->
                                        new StatementMatch(
                                                transfer,
                                                Confidence.POSSIBLE,
                                                "It is the only open invoice over this amount"))
                        .toList()
                : List.of();
    }
}
