package com.igny8.billing;

import com.igny8.catalog.CreditPacks;
import com.igny8.payment.PaymentMethods;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Buying credits beside the plan, for people; not while the account is suspended. */
@Controller
@RequestMapping("/account/credit-packs")
class CreditPackPages {
    private final CreditPacks packs;
    private final CreditPackOrders orders;
    private final OrderCharges charges;
    private final PaymentMethods methods;

    CreditPackPages(
            CreditPacks packs,
            CreditPackOrders orders,
            OrderCharges charges,
            PaymentMethods methods) {
        this.packs = packs;
        this.orders = orders;
        this.charges = charges;
        this.methods = methods;
    }

    @GetMapping
    String packs(Model model) {
        Tenancy.caller().require(Role.OWNER);
        model.addAttribute("packs", packs.onOffer());
        model.addAttribute("knowsHowToPay", methods.byDefault().isPresent());
        return "billing/credit-packs";
    }

    @PostMapping("/{slug}")
    String buy(@PathVariable String slug, RedirectAttributes next) {
        return AccountPages.toPay(
                charges.settle(orders.place(slug).id()), "Your credits are there", next);
    }
}
