package com.igny8.console;

import com.igny8.credit.Balance;
import com.igny8.credit.Entry;
import com.igny8.http.Form;
import com.igny8.kernel.Problem;
import com.igny8.payment.PaymentSearch;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** One account in the operator's console, and what can be done to it. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class ConsoleAccountPages {
    private static final int PAGE_SIZE = 50;

    private final AccountActions actions;
    private final PaymentSearch payments;

    ConsoleAccountPages(AccountActions actions, PaymentSearch payments) {
        this.actions = actions;
        this.payments = payments;
    }

    /** What asks for a reason first, each on a page of its own. */
    enum Act {
        SUSPEND(
                "suspend",
                "Suspend",
                "At once, nobody in this account can do anything: whoever is signed in is shut out,"
                        + " its API keys are refused, its jobs end. Its owner still sees billing,"
                        + " and is told this reason by mail.",
                "Suspend account"),
        CREDITS(
                "credits",
                "Adjust the credits of",
                "Credits given this way do not expire. A number below 0 takes some that are"
                        + " available. The customer sees the reason in their statement.",
                "Adjust credits"),
        REFUND(
                "refund",
                "Give credits back to",
                "What a deduction took, or a part of it, comes back as credits that do not expire."
                        + " The customer sees the reason in their statement.",
                "Give credits back"),
        IMPERSONATE(
                "impersonate",
                "Look as the owner of",
                "You see what the owner sees, and can change nothing. Every page you open is"
                        + " written down in the customer's audit log, with this reason. It ends after"
                        + " an hour, or when you press Stop.",
                "Look as owner");

        private final String path;
        private final String title;
        private final String explanation;
        private final String button;

        Act(String path, String title, String explanation, String button) {
            this.path = path;
            this.title = title;
            this.explanation = explanation;
            this.button = button;
        }

        static Act of(String path) {
            return Arrays.stream(values())
                    .filter(act -> act.path.equals(path))
                    .findFirst()
                    .orElseThrow(() -> Problem.notFound("Page"));
        }

        public String path() {
            return path;
        }

        public String title() {
            return title;
        }

        public String explanation() {
            return explanation;
        }

        public String button() {
            return button;
        }
    }

    @GetMapping("/console/accounts/{id}")
    String account(@PathVariable UUID id, Model model) {
        model.addAttribute("facts", actions.open(id));
        model.addAttribute("openDisputes", payments.openDisputes(id));
        return "console/account";
    }

    @GetMapping("/console/accounts/{id}/statement")
    String statement(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Long cursor,
            Model model) {
        List<Entry> entries = actions.statement(id, cursor, PAGE_SIZE + 1);
        List<Entry> page = entries.stream().limit(PAGE_SIZE).toList();
        model.addAttribute("facts", actions.facts(id));
        model.addAttribute("entries", page);
        model.addAttribute("isFirstPage", cursor == null);
        model.addAttribute("older", entries.size() > PAGE_SIZE ? page.getLast().id() : null);
        return "console/statement";
    }

    @GetMapping("/console/accounts/{id}/{path}")
    String form(
            @PathVariable UUID id,
            @PathVariable String path,
            @RequestParam(defaultValue = "") String entry,
            Model model) {
        Map<String, String> given = Map.of("once", UUID.randomUUID().toString(), "entry", entry);
        return show(id, Act.of(path), form(given), model);
    }

    /** "once" is the form's own name, so that sending it twice does it once. */
    private static Form form(Map<String, String> fields) {
        return Form.sent(fields, "once", "entry", "amount", "reason");
    }

    private String show(UUID id, Act act, Form form, Model model) {
        model.addAttribute("facts", actions.open(id));
        model.addAttribute("act", act);
        model.addAttribute("form", form);
        return "console/act";
    }

    @PostMapping("/console/accounts/{id}/{path}")
    String carryOut(
            @PathVariable UUID id,
            @PathVariable String path,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Act act = Act.of(path);
        Form form = form(sent);
        try {
            next.addFlashAttribute("notice", carriedOut(id, act, form));
            return act == Act.IMPERSONATE ? "redirect:/sites" : "redirect:/console/accounts/" + id;
        } catch (Problem problem) {
            // Where it is the account that is not found, this does not find it either
            String page = show(id, act, form.refused(problem), model);
            response.setStatus(problem.status());
            return page;
        }
    }

    /** Does it, and says what was done. */
    private String carriedOut(UUID id, Act act, Form form) {
        Reason reason = new Reason(form.value("reason"));
        return switch (act) {
            case SUSPEND -> {
                actions.suspend(id, reason);
                yield "The account is suspended";
            }
            case CREDITS -> {
                Balance balance =
                        actions.adjustCredits(id, form.number("amount"), reason, once(id, form));
                yield "Credits adjusted: %,d available".formatted(balance.available());
            }
            case REFUND -> {
                var refund = new AccountActions.Refund(form.number("entry"), amount(form), reason);
                Balance balance = actions.refundCredits(id, refund, once(id, form));
                yield "Credits given back: %,d available".formatted(balance.available());
            }
            case IMPERSONATE -> {
                actions.impersonate(id, reason);
                yield "You are looking as the owner";
            }
        };
    }

    private static IdempotencyKey once(UUID id, Form form) {
        String key = form.value("once");
        return key.isBlank()
                ? IdempotencyKey.NONE
                : new IdempotencyKey(
                        key,
                        "console",
                        String.join(
                                "\n",
                                id.toString(),
                                form.value("entry"),
                                form.value("amount"),
                                form.value("reason")));
    }

    /** All of it, where nothing is said. */
    private static @Nullable Long amount(Form form) {
        return form.value("amount").isBlank() ? null : (long) form.number("amount");
    }

    @PostMapping("/console/accounts/{id}/reinstate")
    String reinstate(@PathVariable UUID id, RedirectAttributes next) {
        actions.reinstate(id);
        next.addFlashAttribute("notice", "The account is active again");
        return "redirect:/console/accounts/" + id;
    }

    /** The account lives in a time of its own from now on. */
    @PostMapping("/console/accounts/{id}/test-clock")
    String giveClock(@PathVariable UUID id, RedirectAttributes next) {
        return told(
                id,
                next,
                () -> {
                    actions.giveClock(id);
                    return "Its clock stands still until you advance it";
                });
    }

    @PostMapping("/console/accounts/{id}/test-clock/advance")
    String advanceClock(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int months,
            @RequestParam(defaultValue = "0") int days,
            RedirectAttributes next) {
        return told(
                id,
                next,
                () -> {
                    actions.advanceClock(id, months, days);
                    return "The clock is advanced, and what fell due was done";
                });
    }

    /** What was done, or why it was not. */
    private static String told(UUID id, RedirectAttributes next, Supplier<String> act) {
        try {
            next.addFlashAttribute("notice", act.get());
        } catch (Problem problem) {
            if (problem.status() == HttpServletResponse.SC_NOT_FOUND) {
                throw problem;
            }
            next.addFlashAttribute("refusal", problem.sentence());
        }
        return "redirect:/console/accounts/" + id;
    }

    @PostMapping("/console/impersonation/stop")
    String stopImpersonating(RedirectAttributes next) {
        UUID id = actions.stopImpersonating();
        next.addFlashAttribute("notice", "You are yourself again");
        return "redirect:/console/accounts/" + id;
    }
}
