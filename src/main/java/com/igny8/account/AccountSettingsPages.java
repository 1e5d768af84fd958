package com.igny8.account;

import com.igny8.http.Form;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.identity.SignedIn;
import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The account's settings and its end, for people. */
@Controller
@RequestMapping("/account")
class AccountSettingsPages {
    private final Accounts accounts;
    private final AccountSettings settings;
    private final AccountDeletion deletion;
    private final AccountExport export;
    private final OwnerAlone ownerAlone;

    AccountSettingsPages(
            Accounts accounts,
            AccountSettings settings,
            AccountDeletion deletion,
            AccountExport export,
            OwnerAlone ownerAlone) {
        this.accounts = accounts;
        this.settings = settings;
        this.deletion = deletion;
        this.export = export;
        this.ownerAlone = ownerAlone;
    }

    @GetMapping("/settings")
    String show(Model model) {
        Account account = settings.get();
        Map<String, String> present =
                Map.of(
                        "name", account.name(),
                        "contact_email", account.contactEmail(),
                        "retention_days", Integer.toString(account.retentionDays()));
        return show(filledIn(present), model);
    }

    private static Form filledIn(Map<String, String> values) {
        return Form.sent(values, "name", "contact_email", "retention_days");
    }

    private String show(Form form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("account", settings.get());
        model.addAttribute("isOwner", Tenancy.caller().role() == Role.OWNER);
        return "account/settings";
    }

    @PostMapping("/settings")
    String change(
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = filledIn(sent);
        try {
            settings.change(
                    new AccountSettings.Change(
                            Optional.of(form.value("name")),
                            Optional.of(form.value("contact_email")),
                            sent.containsKey("retention_days")
                                    ? Optional.of(form.number("retention_days"))
                                    : Optional.empty()),
                    IfMatch.ANYTHING);
            next.addFlashAttribute("notice", "Settings saved");
            return "redirect:/account/settings";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return show(form.refused(problem), model);
        }
    }

    @GetMapping("/delete")
    String askToDelete(Model model) {
        return showDelete(Form.blank("password", "confirm"), model);
    }

    private String showDelete(Form form, Model model) {
        ownerAlone.require();
        model.addAttribute("form", form);
        model.addAttribute("account", accounts.current());
        return "account/delete";
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/delete")
    String delete(
            @RequestParam Map<String, String> sent, Model model, HttpServletResponse response) {
        Form form = Form.sent(sent, "password", "confirm");
        try {
            deletion.delete(
                    SignedIn.current().orElseThrow().user(),
                    form.value("password"),
                    form.value("confirm").strip());
            return "redirect:/account/deleted";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return showDelete(form.forgetting("password").refused(problem), model);
        }
    }

    /** What became of a deleted account; its owner finds the way back here. */
    @Ungated(Ungated.To.EVERYBODY)
    @GetMapping("/deleted")
    String deleted(Model model) {
        if (Tenancy.callerIfBound().isEmpty()) {
            throw Gate.accountMissing();
        }
        Account account = accounts.current();
        model.addAttribute("account", account);
        model.addAttribute("isOwner", ownerAlone.isCaller());
        return account.restoreUntil() == null ? "redirect:/sites" : "account/deleted";
    }

    @Ungated(Ungated.To.EVERYBODY)
    @PostMapping("/restore")
    String restore(RedirectAttributes next) {
        deletion.restoreAsOwner();
        next.addFlashAttribute("notice", "Your account is back, with all that was in it");
        return "redirect:/sites";
    }

    @Ungated(Ungated.To.EVERYBODY)
    @GetMapping("/export")
    void export(HttpServletResponse response) throws IOException {
        export.send(response);
    }
}
