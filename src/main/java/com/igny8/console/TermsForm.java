package com.igny8.console;

import com.igny8.catalog.Feature;
import com.igny8.catalog.Plan;
import com.igny8.catalog.PlanEditing;
import com.igny8.catalog.PlanTerms;
import com.igny8.http.Form;
import com.igny8.http.Typed;
import com.igny8.kernel.Money;
import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The terms of a plan as operators type them: prices in major units, features as ticks. */
record TermsForm(Form form) {
    private static final String[] FIELDS = {
        "name",
        "slug",
        "is_public",
        "position",
        "currency",
        "monthly_price",
        "annual_price",
        "included_credits",
        "credits_once",
        "credits_roll_over",
        "max_sites",
        "max_users",
        "max_sectors_per_site",
        "trial_days",
        "features",
        "reads_per_minute",
        "writes_per_minute",
        "ai_per_minute"
    };

    /** Prices are typed in major units, so their fields are called otherwise than in the API. */
    private static final Map<String, String> TYPED =
            Map.of("monthly_price_minor", "monthly_price", "annual_price_minor", "annual_price");

    static TermsForm blank() {
        return new TermsForm(
                Form.sent(
                        Map.of(
                                "currency", "USD",
                                "position", "100",
                                "max_sites", "1",
                                "max_users", "1",
                                "max_sectors_per_site", "5"),
                        FIELDS));
    }

    /** The latest terms of a plan, to be changed. */
    static TermsForm of(Plan plan) {
        PlanTerms terms = plan.terms();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("currency", terms.currency());
        values.put("monthly_price", terms.monthlyPrice().decimal());
        values.put("annual_price", terms.annualPrice().map(Money::decimal).orElse(""));
        values.put("included_credits", Long.toString(terms.includedCredits()));
        values.put("credits_once", terms.creditsOnce() ? "true" : "");
        values.put("credits_roll_over", terms.creditsRollOver() ? "true" : "");
        values.put("max_sites", Integer.toString(terms.maxSites()));
        values.put("max_users", Integer.toString(terms.maxUsers()));
        values.put("max_sectors_per_site", Integer.toString(terms.maxSectorsPerSite()));
        values.put("trial_days", typed(terms.trialDays()));
        values.put(
                "features",
                terms.features().stream().map(Feature::key).collect(Collectors.joining(" ")));
        values.put("reads_per_minute", typed(terms.readsPerMinute()));
        values.put("writes_per_minute", typed(terms.writesPerMinute()));
        values.put("ai_per_minute", typed(terms.aiPerMinute()));
        return new TermsForm(Form.sent(values, FIELDS));
    }

    private static String typed(@Nullable Integer number) {
        return number == null ? "" : number.toString();
    }

    /**
     * What somebody typed.
     *
     * @param features those ticked
     */
    static TermsForm sent(Map<String, String> sent, Set<String> features) {
        Map<String, String> all = new LinkedHashMap<>(sent);
        all.put("features", String.join(" ", features));
        return new TermsForm(Form.sent(all, FIELDS));
    }

    TermsForm refused(Problem problem) {
        Problem asTyped =
                problem.fields().keySet().stream().anyMatch(TYPED::containsKey)
                        ? Problem.invalid(
                                problem.fields().entrySet().stream()
                                        .collect(
                                                Collectors.toMap(
                                                        field ->
                                                                TYPED.getOrDefault(
                                                                        field.getKey(),
                                                                        field.getKey()),
                                                        Map.Entry::getValue)))
                        : problem;
        return new TermsForm(form.refused(asTyped));
    }

    /** What they come to; every field that cannot be read is named. */
    PlanTerms terms() {
        Typed typed = new Typed(form);
        String currency = form.value("currency").strip();
        var terms =
                new PlanTerms(
                        currency,
                        typed.minor("monthly_price", currency),
                        typed.minorOrNull("annual_price", currency),
                        typed.whole("included_credits"),
                        typed.isTicked("credits_once"),
                        typed.isTicked("credits_roll_over"),
                        typed.count("max_sites"),
                        typed.count("max_users"),
                        typed.count("max_sectors_per_site"),
                        typed.countOrNull("trial_days"),
                        features(),
                        typed.countOrNull("reads_per_minute"),
                        typed.countOrNull("writes_per_minute"),
                        typed.countOrNull("ai_per_minute"));
        typed.requireAll();
        return terms;
    }

    private List<Feature> features() {
        return Arrays.stream(form.value("features").split(" "))
                .filter(key -> !key.isEmpty())
                .map(TermsBody::feature)
                .toList();
    }

    /** What is said of the plan beside its terms; a new one is active. */
    PlanEditing.Sheet sheet() {
        Typed typed = new Typed(form);
        int position = typed.count("position");
        typed.requireAll();
        return new PlanEditing.Sheet(
                form.value("name"), typed.isTicked("is_public"), true, position);
    }
}
