package com.igny8.http;

import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads numbers and amounts out of a form, and notes every field in which there is none: to be
 * asked in the end, before what was read is used.
 */
public final class Typed {
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,15}");
    private static final Pattern SEPARATORS = Pattern.compile("[, ]");

    private final Form form;
    private final FieldErrors errors = new FieldErrors();

    public Typed(Form form) {
        this.form = form;
    }

    /** A whole number; a separator of thousands does no harm. */
    public long whole(String field) {
        return wholeIfAny(field).orElseGet(() -> missing(field, "Enter a number"));
    }

    private Optional<Long> wholeIfAny(String field) {
        String typed = SEPARATORS.matcher(form.value(field)).replaceAll("");
        boolean isWhole = WHOLE.matcher(typed).matches();
        errors.require(typed.isEmpty() || isWhole, field, "Enter a whole number");
        return isWhole
                ? Optional.of(Long.parseLong(typed))
                : typed.isEmpty() ? Optional.empty() : Optional.of(0L);
    }

    private long missing(String field, String sentence) {
        errors.require(false, field, sentence);
        return 0;
    }

    /** As {@link #whole}, of a number of things. */
    public int count(String field) {
        return saturated(whole(field));
    }

    /** As {@link #count}; null where nothing was typed. */
    public @Nullable Integer countOrNull(String field) {
        return wholeIfAny(field).map(Typed::saturated).orElse(null);
    }

    /** No limit lies as high as this, so what does not fit is refused as what it is: too many. */
    private static int saturated(long number) {
        return Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** An amount in major units, as {@code 139.00}, in minor ones. */
    public long minor(String field, String currency) {
        Long minor = minorOrNull(field, currency);
        return minor == null ? missing(field, "Enter an amount") : minor;
    }

    /** As {@link #minor}; null where nothing was typed. */
    public @Nullable Long minorOrNull(String field, String currency) {
        String typed = SEPARATORS.matcher(form.value(field)).replaceAll("");
        if (typed.isEmpty() || !Money.isCurrency(currency)) {
            return null;
        }
        Optional<Money> money = Money.parse(typed, currency);
        errors.require(money.isPresent(), field, Money.how(currency));
        return money.map(Money::minor).orElse(0L);
    }

    public boolean isTicked(String field) {
        return form.value(field).equals("true");
    }

    /** Throws one problem that names every field noted; nothing where none was. */
    public void requireAll() {
        errors.throwIfAny();
    }
}
