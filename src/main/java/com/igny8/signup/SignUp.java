package com.igny8.signup;

import com.igny8.account.Account;
import com.igny8.account.AccountStatus;
import com.igny8.account.Accounts;
import com.igny8.billing.BillingInterval;
import com.igny8.billing.Orders;
import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.identity.EmailVerifications;
import com.igny8.identity.User;
import com.igny8.identity.Users;
import com.igny8.kernel.Problem;
import com.igny8.payment.PaymentOptions;
import com.igny8.payment.PaymentType;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Makes a customer of somebody: all of it in one transaction, or none. */
@Component
class SignUp {
    private final PlatformTransactions platform;
    private final TenantTransactions tenants;
    private final Users users;
    private final EmailVerifications verifications;
    private final Accounts accounts;
    private final Plans plans;
    private final Orders orders;
    private final PaymentOptions paymentOptions;
    private final AuditLog auditLog;
    private final Clock clock;

    SignUp(
            PlatformTransactions platform,
            TenantTransactions tenants,
            Users users,
            EmailVerifications verifications,
            Accounts accounts,
            Plans plans,
            Orders orders,
            PaymentOptions paymentOptions,
            AuditLog auditLog,
            Clock clock) {
        this.platform = platform;
        this.tenants = tenants;
        this.users = users;
        this.verifications = verifications;
        this.accounts = accounts;
        this.plans = plans;
        this.orders = orders;
        this.paymentOptions = paymentOptions;
        this.auditLog = auditLog;
        this.clock = clock;
    }

    /** A person and the account they own now. */
    record Customer(User user, Account account) {}

    /** Signs somebody up; nothing where the email is taken. */
    Optional<Customer> register(Registration registration) {
        Plan plan = plan(registration.planSlug());
        PaymentType paymentType = paymentType(plan, registration.paymentMethod());
        BillingInterval interval = interval(plan, registration.billingInterval());
        return platform.write(
                jdbc ->
                        users.create(registration.newcomer())
                                .map(
                                        user ->
                                                customer(
                                                        user,
                                                        registration.accountName(),
                                                        plan,
                                                        interval,
                                                        paymentType)));
    }

    private Plan plan(@Nullable String slug) {
        if (slug == null || slug.equals(Plans.FREE_TRIAL)) {
            return plans.latest(Plans.FREE_TRIAL).orElseThrow();
        }
        Plan plan =
                plans.latest(slug)
                        .filter(Plan::isPublic)
                        .filter(Plan::isActive)
                        .orElseThrow(
                                () ->
                                        Problem.invalid(
                                                "plan_slug", "There is no such plan on offer"));
        return plan;
    }

    /** How a plan that costs money will be paid; null for others, whatever was sent. */
    private @Nullable PaymentType paymentType(Plan plan, @Nullable String key) {
        if (plan.isFree()) {
            return null;
        }
        if (key == null) {
            throw Problem.invalid("payment_method", "Choose how to pay for " + plan.name());
        }
        PaymentType type = PaymentType.require(key);
        paymentOptions.require(type);
        return type;
    }

    /** How often a plan that costs money will be paid; once a month for others. */
    private static BillingInterval interval(Plan plan, @Nullable String key) {
        return plan.isFree() ? BillingInterval.MONTH : BillingInterval.require(key);
    }

    /** Two long names together may be too long for one of an account. */
    private static String nameAfter(User user) {
        String name = user.displayName();
        return name.length() <= Accounts.MAX_NAME_LENGTH ? name : user.firstName();
    }

    private Customer customer(
            User user,
            @Nullable String accountName,
            Plan plan,
            BillingInterval interval,
            @Nullable PaymentType paymentType) {
        Instant now = clock.instant();
        Integer trialDays = plan.trialDays();
        Account account =
                accounts.open(
                        accountName == null || accountName.isBlank()
                                ? nameAfter(user)
                                : accountName.strip(),
                        status(plan),
                        user,
                        trialDays == null ? null : now.plus(Duration.ofDays(trialDays)));
        verifications.send(user);
        Caller owner = new Caller(account.id(), user.id(), Role.OWNER, Caller.Via.SESSION);
        Tenancy.as(
                owner,
                () ->
                        tenants.write(
                                sql -> {
                                    auditLog.record(
                                            "account.opened",
                                            "account:" + account.id(),
                                            Map.of("plan", plan.name()));
                                    if (paymentType == null) {
                                        orders.begin(plan, now);
                                    } else {
                                        orders.place(plan, interval, paymentType);
                                    }
                                    return true;
                                }));
        return new Customer(user, account);
    }

    private static AccountStatus status(Plan plan) {
        if (plan.isFree()) {
            return plan.trialDays() == null ? AccountStatus.ACTIVE : AccountStatus.TRIAL;
        }
        return AccountStatus.PENDING_PAYMENT;
    }
}
