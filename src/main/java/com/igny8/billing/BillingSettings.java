package com.igny8.billing;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;
import java.util.List;

/**
 * When customers are told and asked, in days.
 *
 * @param every how often it is looked for what is due
 * @param trialWarnings before a trial ends, the first one first
 * @param renewalNotice before a year is paid again
 * @param invoiceAhead how long before a period ends its next is billed to who pays by transfer
 * @param dunning when it is tried again after a period ended unpaid; after the last the account is
 *     suspended
 */
@ConfigurationProperties("igny8.billing")
record BillingSettings(
        @DefaultValue("30s") Duration every,
        @DefaultValue({"3", "1"}) List<Integer> trialWarnings,
        @DefaultValue("14") int renewalNotice,
        @DefaultValue("7") int invoiceAhead,
        @DefaultValue({"1", "3", "5", "7"}) List<Integer> dunning) {
    BillingSettings {
        trialWarnings = List.copyOf(trialWarnings);
        dunning = List.copyOf(dunning);
    }

    /** How many days after an attempt the next one is; the last is the end. */
    int daysAfter(int step) {
        return step == 0 ? dunning.getFirst() : dunning.get(step) - dunning.get(step - 1);
    }
}
