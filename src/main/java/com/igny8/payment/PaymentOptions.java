package com.igny8.payment;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Tenancy;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ways to pay that there are: switched on by the operator, and with the keys they need. */
@Component
@EnableConfigurationProperties({StripeSettings.class, PayPalSettings.class})
public class PaymentOptions {
    private final PlatformTransactions platform;
    private final Map<PaymentType, PaymentProvider> providers;

    PaymentOptions(PlatformTransactions platform, List<PaymentProvider> providers) {
        this.platform = platform;
        this.providers =
                providers.stream()
                        .collect(Collectors.toMap(PaymentProvider::type, Function.identity()));
    }

    /**
     * A way to pay.
     *
     * @param isConfigured whether its keys are there; a bank transfer needs none
     */
    public record Option(PaymentType type, boolean isOn, boolean isConfigured) {
        /** Whether customers can pay in this way. */
        public boolean isOffered() {
            return isOn && isConfigured;
        }

        /** Whether customers are told that it will come. */
        public boolean isComingSoon() {
            return isOn && !isConfigured;
        }
    }

    /** Every way there is, offered or not. */
    public List<Option> all() {
        Map<PaymentType, Boolean> switches =
                platform.read(
                        jdbc ->
                                jdbc
                                        .sql("SELECT type, is_on FROM payment_option")
                                        .query(
                                                (row, number) ->
                                                        Map.entry(
                                                                PaymentType.of(
                                                                        row.getString("type")),
                                                                row.getBoolean("is_on")))
                                        .list()
                                        .stream()
                                        .collect(
                                                Collectors.toMap(
                                                        Map.Entry::getKey, Map.Entry::getValue)));
        return Arrays.stream(PaymentType.values())
                .map(
                        type ->
                                new Option(
                                        type,
                                        switches.getOrDefault(type, false),
                                        isConfigured(type)))
                .toList();
    }

    private boolean isConfigured(PaymentType type) {
        PaymentProvider provider = providers.get(type);
        return provider == null || provider.isConfigured();
    }

    /** 409 unless customers can pay in this way now. */
    public void require(PaymentType type) {
        Option option =
                all().stream().filter(each -> each.type() == type).findFirst().orElseThrow();
        if (!option.isConfigured()) {
            throw notConfigured(type);
        }
        if (!option.isOn()) {
            throw Problem.conflict(
                    "payment_method_off", type.title() + " is not offered. Pay in another way");
        }
    }

    private static Problem notConfigured(PaymentType type) {
        return Problem.conflict(
                "provider_not_configured",
                "Paying by " + type.title() + " is coming soon. Pay in another way for now");
    }

    /** For operators: offers a way to pay, or does not any more. */
    public Option turn(PaymentType type, boolean on) {
        platform.run(
                jdbc ->
                        jdbc.sql(
                                        """
                                        UPDATE payment_option
                                           SET is_on = :on, changed_at = now(), changed_by = :who
                                         WHERE type = :type
                                        """)
                                .param("on", on)
                                .param("who", Tenancy.caller().userId())
                                .param("type", type.key())
                                .update());
        return all().stream().filter(each -> each.type() == type).findFirst().orElseThrow();
    }

    /** Whoever moves the money; 409 where its keys are not there. What it keeps can be off. */
    PaymentProvider provider(PaymentType type) {
        PaymentProvider provider = providers.get(type);
        if (provider == null) {
            throw Problem.conflict("no_provider", type.title() + " is not paid through a provider");
        }
        if (!provider.isConfigured()) {
            throw notConfigured(type);
        }
        return provider;
    }
}
