package com.igny8.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.Product;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

class LateRevenueTests {
    private final Product product = Product.running();
    private final Clockwork clockwork = new Clockwork(product, (account, attempt) -> true);

    @Test
    void whatIsPaidLateIsEarnedInTheTimeThatItGave() throws Exception {
        Customer customer =
                product.signUp(Map.of("plan_slug", "growth", "payment_method", "bank_transfer"));
        product.clock().later(Duration.ofDays(40), () -> clockwork.payOpen(customer));
        Subscription subscription = clockwork.subscription(customer);
        assertThat(subscription.currentPeriodStart())
                .isAfter(Instant.now().plus(Duration.ofDays(39)));

        Map<YearMonth, BigDecimal> earned = earned(customer, subscription);

        assertThat(earned)
                .containsOnlyKeys(
                        YearMonth.from(day(subscription.currentPeriodStart())),
                        YearMonth.from(day(subscription.currentPeriodEnd())));
        assertThat(earned.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("139");
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private Map<YearMonth, BigDecimal> earned(Customer customer, Subscription subscription) {
        Map<YearMonth, BigDecimal> earned = new TreeMap<>();
        Operator.of(product)
                .api()
                .get(
                        "console/exports/revenue/?from=%s&to=%s"
                                .formatted(
                                        LocalDate.now(ZoneOffset.UTC),
                                        day(subscription.currentPeriodEnd())))
                .expect(200)
                .body()
                .lines()
                .filter(line -> line.contains(customer.accountId().toString()))
                .map(line -> line.split(",", -1))
                .forEach(
                        cells ->
                                earned.merge(
                                        YearMonth.parse(cells[0]),
                                        new BigDecimal(cells[cells.length - 1]),
                                        BigDecimal::add));
        return earned;
    }
}
