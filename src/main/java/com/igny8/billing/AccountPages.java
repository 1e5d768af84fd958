package com.igny8.billing;

import com.igny8.account.Accounts;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The account and what it is on, for people. */
@Controller
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class AccountPages {
    private final Accounts accounts;
    private final Subscriptions subscriptions;

    AccountPages(Accounts accounts, Subscriptions subscriptions) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
    }

    @GetMapping("/account")
    String account(Model model) {
        Tenancy.caller().require(Role.ADMIN);
        model.addAttribute("account", accounts.current());
        model.addAttribute("subscription", subscriptions.current());
        return "billing/account";
    }
}
