package com.igny8.credit;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** What the ledger must do, as a few lines of arithmetic over lists; days are whole numbers. */
final class LedgerModel {
    private static final int NEVER = Integer.MAX_VALUE;

    private static final class Grant {
        final int number;
        final int priority;
        int ends;
        int rollsOverUntil;
        long left;

        Grant(int number, int priority, int ends, int rollsOverUntil, long left) {
            this.number = number;
            this.priority = priority;
            this.ends = ends;
            this.rollsOverUntil = rollsOverUntil;
            this.left = left;
        }
    }

    private static final class ModelHold {
        final long amount;

        /** What it was settled with, 0 where it was released; null while it is open. */
        @Nullable Long taken;

        ModelHold(long amount) {
            this.amount = amount;
        }
    }

    /** Of an entry: what it took, and how much of that came back; nothing else can. */
    private static final class Taken {
        final long amount;
        long refunded;

        Taken(long amount) {
            this.amount = amount;
        }
    }

    private final List<Grant> grants = new ArrayList<>();
    private final List<ModelHold> holds = new ArrayList<>();
    private final List<@Nullable Taken> entries = new ArrayList<>();
    private long balance;
    private long held;
    private int today;
    private String lastOutcome = "done";

    Balance balance() {
        return new Balance(balance, held);
    }

    List<Long> remaining() {
        return grants.stream().map(grant -> grant.left).toList();
    }

    int entries() {
        return entries.size();
    }

    /** "done", or the code of the refusal. */
    String does(Step step) {
        if (step instanceof Step.DaysPassed passed) {
            today += passed.days();
            lastOutcome = "done";
            return lastOutcome;
        }
        if (step instanceof Step.SentAgain) {
            return lastOutcome;
        }
        if (isSettledSo(step)) {
            lastOutcome = "done";
            return lastOutcome;
        }
        letEnd();
        lastOutcome =
                switch (step) {
                    case Step.Granted granted -> grant(granted);
                    case Step.Deducted deducted -> take(deducted.amount(), 0, true);
                    case Step.Held asked -> hold(asked.amount());
                    case Step.Captured captured -> capture(captured);
                    case Step.Released released -> release(released);
                    case Step.Adjusted adjusted -> adjust(adjusted.amount());
                    case Step.Refunded refunded -> refund(refunded);
                    case Step.DaysPassed passed -> "done";
                    case Step.SentAgain again -> "done";
                };
        return lastOutcome;
    }

    /** To settle in the same way again is answered as before, and does nothing. */
    private boolean isSettledSo(Step step) {
        return switch (step) {
            case Step.Captured captured -> isTaken(captured.hold(), captured.amount());
            case Step.Released released -> isTaken(released.hold(), 0);
            default -> false;
        };
    }

    private boolean isTaken(int hold, long amount) {
        return hold < holds.size() && Objects.equals(holds.get(hold).taken, amount);
    }

    private void letEnd() {
        for (Grant grant : inOrder()) {
            if (grant.left > 0 && grant.ends <= today && grant.rollsOverUntil > today) {
                grant.ends = grant.rollsOverUntil;
                grant.rollsOverUntil = 0;
            }
        }
        for (Grant grant : inOrder()) {
            long ended = grant.ends <= today ? Math.min(grant.left, balance - held) : 0;
            if (ended > 0) {
                grant.left -= ended;
                balance -= ended;
                entries.add(null);
            }
        }
    }

    private String grant(Step.Granted granted) {
        Integer days = granted.endsInDays();
        int ends = days == null ? NEVER : today + days;
        add(
                granted.amount(),
                granted.priority(),
                ends,
                days != null && granted.rollsOver() ? ends + 3 : 0);
        return "done";
    }

    private void add(long amount, int priority, int ends, int rollsOverUntil) {
        grants.add(new Grant(grants.size(), priority, ends, rollsOverUntil, amount));
        balance += amount;
        entries.add(null);
    }

    private String hold(long amount) {
        if (balance - held < amount) {
            return "insufficient_credits";
        }
        held += amount;
        holds.add(new ModelHold(amount));
        return "done";
    }

    private String capture(Step.Captured captured) {
        String refusal = refusal(captured.hold());
        if (refusal != null) {
            return refusal;
        }
        ModelHold hold = holds.get(captured.hold());
        String outcome = take(captured.amount(), hold.amount, true);
        if (outcome.equals("done")) {
            hold.taken = captured.amount();
            held -= hold.amount;
        }
        return outcome;
    }

    private String release(Step.Released released) {
        String refusal = refusal(released.hold());
        if (refusal != null) {
            return refusal;
        }
        holds.get(released.hold()).taken = 0L;
        held -= holds.get(released.hold()).amount;
        return "done";
    }

    private @Nullable String refusal(int hold) {
        if (hold >= holds.size()) {
            return "not_found";
        }
        return holds.get(hold).taken != null ? "hold_settled" : null;
    }

    private String adjust(long amount) {
        if (amount == 0) {
            return "validation_failed";
        }
        if (amount < 0) {
            return take(-amount, 0, false);
        }
        add(amount, NewGrant.BY_HAND, NEVER, 0);
        return "done";
    }

    private String refund(Step.Refunded refunded) {
        if (refunded.entry() > entries.size()) {
            return "not_found";
        }
        Taken taken = entries.get((int) refunded.entry() - 1);
        if (taken == null) {
            return "not_refundable";
        }
        if (refunded.amount() > taken.amount - taken.refunded) {
            return "refund_too_large";
        }
        taken.refunded += refunded.amount();
        add(refunded.amount(), NewGrant.BY_HAND, NEVER, 0);
        return "done";
    }

    private String take(long amount, long heldForIt, boolean isRefundable) {
        if (balance - held + heldForIt < amount) {
            return "insufficient_credits";
        }
        balance -= amount;
        entries.add(isRefundable ? new Taken(amount) : null);
        long missing = amount;
        for (Grant grant : inOrder()) {
            long taken = Math.min(missing, grant.left);
            grant.left -= taken;
            missing -= taken;
        }
        return "done";
    }

    private List<Grant> inOrder() {
        return grants.stream()
                .sorted(
                        Comparator.comparingInt((Grant grant) -> grant.priority)
                                .thenComparingInt(grant -> grant.ends)
                                .thenComparingInt(grant -> grant.number))
                .toList();
    }
}
