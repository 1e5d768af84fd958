package com.igny8.invoice;

import com.igny8.kernel.Money;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When what was sold is earned. A line for a period is earned evenly over it, any other when it is
 * sold; what nobody paid is not earned yet. A credit note takes back from each line as it is earned.
 * Nothing is ever put into a month before the payment, or before the credit note: months that were
 * told of stay as they were told. Each line's months come to the line, to the minor unit.
 */
final class Revenue {
    private Revenue() {}

    /** A paid invoice, as far as it matters here. */
    record Sale(
            Tax tax, List<InvoiceLine> lines, Instant issuedAt, Instant paidAt, List<Back> backs) {}

    /** What a credit note took back, without tax. */
    record Back(String number, Money net, Instant at) {}

    /**
     * What a line earned in a month.
     *
     * @param line from 0
     * @param creditNote null for the sale itself
     */
    record Earned(int line, YearMonth month, Money amount, @Nullable String creditNote) {}

    static List<Earned> of(Sale sale) {
        List<Earned> earned = new ArrayList<>();
        List<Money> nets = nets(sale);
        for (int line = 0; line < nets.size(); line++) {
            add(earned, sale, line, nets.get(line), sale.paidAt(), null);
        }
        for (Back back : sale.backs()) {
            List<Money> parts = parts(back.net(), nets);
            Instant at = back.at().isAfter(sale.paidAt()) ? back.at() : sale.paidAt();
            for (int line = 0; line < parts.size(); line++) {
                add(earned, sale, line, parts.get(line).negated(), at, back.number());
            }
        }
        return earned;
    }

    /** The lines without tax: they come to the invoice's subtotal, however they are rounded. */
    static List<Money> nets(Sale sale) {
        List<Money> nets = new ArrayList<>();
        Money sum = Money.zero(sale.lines().getFirst().unit().currency());
        Money before = sum;
        for (InvoiceLine line : sale.lines()) {
            sum = sum.plus(line.amount());
            Money net = sale.tax().on(sum).subtotal();
            nets.add(net.minus(before));
            before = net;
        }
        return nets;
    }

    private static List<Money> parts(Money back, List<Money> nets) {
        Money whole = nets.stream().reduce(Money.zero(back.currency()), Money::plus);
        List<Money> parts = new ArrayList<>();
        Money sum = Money.zero(back.currency());
        Money before = sum;
        for (Money net : nets) {
            sum = sum.plus(net);
            Money share = back.share(minor(sum), minor(whole));
            parts.add(share.minus(before));
            before = share;
        }
        return parts;
    }

    private static BigDecimal minor(Money money) {
        return BigDecimal.valueOf(money.minor());
    }

    private static void add(
            List<Earned> earned,
            Sale sale,
            int line,
            Money amount,
            Instant notBefore,
            @Nullable String creditNote) {
        months(sale.lines().get(line), amount, sale.issuedAt(), notBefore)
                .forEach(
                        (month, part) -> {
                            if (!part.isZero()) {
                                earned.add(new Earned(line, month, part, creditNote));
                            }
                        });
    }

    private static Map<YearMonth, Money> months(
            InvoiceLine line, Money amount, Instant issuedAt, Instant notBefore) {
        Map<YearMonth, Money> months = new TreeMap<>();
        YearMonth earliest = month(notBefore);
        Instant start = line.periodStart();
        Instant end = line.periodEnd();
        if (start == null || end == null) {
            months.put(later(month(issuedAt), earliest), amount);
            return months;
        }
        BigDecimal whole = BigDecimal.valueOf(ChronoUnit.MICROS.between(start, end));
        Money before = Money.zero(amount.currency());
        for (YearMonth month = month(start); first(month).isBefore(end); month = next(month)) {
            Instant until = first(next(month)).isBefore(end) ? first(next(month)) : end;
            BigDecimal past = BigDecimal.valueOf(ChronoUnit.MICROS.between(start, until));
            Money sum = amount.share(past, whole);
            months.merge(later(month, earliest), sum.minus(before), Money::plus);
            before = sum;
        }
        return months;
    }

    private static YearMonth next(YearMonth month) {
        return month.plusMonths(1);
    }

    private static YearMonth later(YearMonth one, YearMonth other) {
        return one.isAfter(other) ? one : other;
    }

    private static YearMonth month(Instant at) {
        return YearMonth.from(LocalDate.ofInstant(at, ZoneOffset.UTC));
    }

    private static Instant first(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
