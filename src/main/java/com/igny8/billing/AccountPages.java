package com.igny8.billing;

import com.igny8.account.Accounts;
import com.igny8.catalog.PriceTag;
import com.igny8.credit.Ledger;
import com.igny8.invoice.CustomerBalance;
import com.igny8.invoice.Invoice;
import com.igny8.invoice.Invoices;
import com.igny8.payment.PaymentMethods;
import com.igny8.payment.PaymentOptions;
import com.igny8.payment.PaymentType;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.List;
import java.util.UUID;

/** The account, what it is on, and what it is to pay, for people. */
@Controller
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class AccountPages {
    private static final String HOME = "redirect:/account";

    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final Cancellation cancellation;
    private final Invoices invoices;
    private final CustomerBalance money;
    private final PaymentMethods methods;
    private final PaymentOptions options;
    private final Ledger ledger;

    AccountPages(
            Accounts accounts,
            Subscriptions subscriptions,
            Cancellation cancellation,
            Invoices invoices,
            CustomerBalance money,
            PaymentMethods methods,
            PaymentOptions options,
            Ledger ledger) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.cancellation = cancellation;
        this.invoices = invoices;
        this.money = money;
        this.methods = methods;
        this.options = options;
        this.ledger = ledger;
    }

    @GetMapping("/account")
    String account(Model model) {
        Tenancy.caller().require(Role.ADMIN);
        Subscription subscription = subscriptions.current();
        model.addAttribute("account", accounts.current());
        model.addAttribute("subscription", subscription);
        model.addAttribute("price", price(subscription));
        List<Invoice> open = invoices.open();
        model.addAttribute(
                "open",
                open.stream()
                        .filter(invoice -> subscription.id().equals(invoice.subscriptionId()))
                        .findFirst()
                        .orElse(null));
        model.addAttribute("openCount", open.size());
        model.addAttribute("balance", ledger.balance());
        model.addAttribute("money", money.of(subscription.plan().currency()));
        model.addAttribute("method", methods.byDefault().orElse(null));
        model.addAttribute("isOwner", isOwner());
        return "billing/account";
    }

    private static PriceTag price(Subscription subscription) {
        PriceTag monthly = subscription.plan().terms().monthlyTag();
        return switch (subscription.interval()) {
            case MONTH -> monthly;
            case YEAR -> PriceTag.annual(subscription.plan().terms()).orElse(monthly);
        };
    }

    private static boolean isOwner() {
        return Tenancy.caller().role() == Role.OWNER;
    }

    /** Where an invoice is paid, in whichever way. */
    @GetMapping("/account/invoices/{id}/pay")
    String pay(@PathVariable UUID id, Model model) {
        Tenancy.caller().require(Role.ADMIN);
        model.addAttribute("invoice", invoices.get(id));
        List<PaymentOptions.Option> all = options.all();
        model.addAttribute("options", all);
        model.addAttribute("byTransfer", isOffered(all, PaymentType.BANK_TRANSFER));
        boolean online = isOffered(all, PaymentType.STRIPE) || isOffered(all, PaymentType.PAYPAL);
        model.addAttribute("online", online);
        model.addAttribute("isTransferFirst", !online || paysByTransfer());
        model.addAttribute("isOwner", isOwner());
        return "billing/pay";
    }

    private boolean paysByTransfer() {
        return methods.byDefault()
                .filter(method -> method.type() == PaymentType.BANK_TRANSFER)
                .isPresent();
    }

    private static boolean isOffered(List<PaymentOptions.Option> options, PaymentType type) {
        return options.stream().anyMatch(option -> option.type() == type && option.isOffered());
    }

    @GetMapping("/account/cancel")
    String askToCancel(Model model) {
        Tenancy.caller().require(Role.OWNER);
        Subscription subscription = subscriptions.current();
        model.addAttribute("subscription", subscription);
        model.addAttribute(
                "endsLater",
                switch (subscription.status()) {
                    case TRIALING, ACTIVE -> true;
                    case PENDING_PAYMENT, PAST_DUE, CANCELED -> false;
                });
        return "billing/cancel";
    }

    @PostMapping("/account/cancel")
    String cancel(RedirectAttributes next) {
        Subscription subscription = cancellation.cancel();
        if (!subscription.cancelAtPeriodEnd()) {
            next.addFlashAttribute("notice", "Your account is closed. Thank you for being with us");
            return "redirect:/";
        }
        next.addFlashAttribute("notice", "Your subscription ends with its period");
        return HOME;
    }

    @PostMapping("/account/resume")
    String resume(RedirectAttributes next) {
        cancellation.resume();
        next.addFlashAttribute("notice", "Your subscription goes on");
        return HOME;
    }

    /** On to the payment, or back where that is done. */
    static String toPay(Invoice invoice, String whenPaid, RedirectAttributes next) {
        if (invoice.due().isPositive()) {
            return "redirect:/account/invoices/" + invoice.id() + "/pay";
        }
        next.addFlashAttribute("notice", whenPaid);
        return HOME;
    }
}
