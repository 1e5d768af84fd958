package com.igny8.bank;

import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.PlainText;
import com.igny8.kernel.Problem;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A transfer that an operator saw arrive.
 *
 * @param accountId whose it is; null where the subscription says so
 * @param invoiceId the invoice it is for; null where that is to be found
 * @param externalPaymentId how the bank calls it; one of the same name is the same transfer
 * @param amount in major units, as {@code 139.00}
 * @param periodMonths what is paid for where the open invoice is for less, or there is none
 * @param acceptPartial whether less than what is due will do for now
 */
public record BankTransferArrival(
        @Nullable UUID accountId,
        @Nullable UUID subscriptionId,
        @Nullable UUID invoiceId,
        String externalPaymentId,
        String amount,
        String payerName,
        @Nullable String proofUrl,
        int periodMonths,
        boolean acceptPartial) {
    static final int MAX_MONTHS = 24;

    private static final int MAX_ID = 100;
    private static final int MAX_NAME = 200;
    private static final int MAX_URL = 500;
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,12}(\\.\\d{1,3})?");
    private static final Pattern NOTHING = Pattern.compile("[0.]*");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    public BankTransferArrival {
        externalPaymentId = externalPaymentId.strip();
        amount = amount.strip();
        payerName = payerName.strip();
        new FieldErrors()
                .require(
                        accountId != null || subscriptionId != null,
                        "account_id",
                        "Say whose transfer it is: send account_id or subscription_id")
                .require(
                        PlainText.isFilled(externalPaymentId, MAX_ID),
                        "external_payment_id",
                        "Enter the bank's reference, up to 100 characters")
                .require(
                        AMOUNT.matcher(amount).matches() && !NOTHING.matcher(amount).matches(),
                        "amount",
                        "Must be more than 0, as 139.00")
                .require(
                        PlainText.isFilled(payerName, MAX_NAME),
                        "payer_name",
                        "Enter the name of the payer, up to 200 characters")
                .require(
                        proofUrl == null || isWebAddress(proofUrl),
                        "proof_url",
                        "Must be a web address that begins with https:// or http://")
                .require(
                        periodMonths >= 1 && periodMonths <= MAX_MONTHS,
                        "period_months",
                        "Must be between 1 and 24")
                .throwIfAny();
    }

    private static boolean isWebAddress(String address) {
        try {
            URI uri = new URI(address);
            return address.length() <= MAX_URL
                    && uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }

    /** What was said of it; two ways to name the same account are the same. */
    List<?> told() {
        return Arrays.asList(
                accountId,
                invoiceId,
                new BigDecimal(amount).stripTrailingZeros().toPlainString(),
                payerName,
                proofUrl,
                periodMonths,
                acceptPartial);
    }

    /** The same, of the account it turned out to be of; 404 where it was said to be another's. */
    BankTransferArrival of(UUID account) {
        if (accountId != null && !accountId.equals(account)) {
            throw Problem.notFound("Subscription");
        }
        return new BankTransferArrival(
                account,
                subscriptionId,
                invoiceId,
                externalPaymentId,
                amount,
                payerName,
                proofUrl,
                periodMonths,
                acceptPartial);
    }
}
