package com.igny8.console;

import com.igny8.account.Account;
import com.igny8.account.Accounts;
import com.igny8.billing.Subscriptions;
import com.igny8.identity.SecondFactors;
import com.igny8.identity.SignedIn;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.tenancy.Ungated;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The operator's console. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class ConsolePages {
    private final Accounts accounts;
    private final Subscriptions subscriptions;
    private final SecondFactors secondFactors;

    ConsolePages(Accounts accounts, Subscriptions subscriptions, SecondFactors secondFactors) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.secondFactors = secondFactors;
    }

    /** Who may do so much should not be let in by a password alone. */
    @ModelAttribute("lacksSecondFactor")
    boolean lacksSecondFactor() {
        return SignedIn.current()
                .filter(signedIn -> !secondFactors.isOn(signedIn.user().id()))
                .isPresent();
    }

    @GetMapping("/console")
    String accounts(PageRequest page, Model model) {
        Page<Account> found = accounts.search(page);
        model.addAttribute("accounts", found);
        model.addAttribute(
                "planNames",
                subscriptions.planNames(found.rows().stream().map(Account::id).toList()));
        return "console/accounts";
    }
}
