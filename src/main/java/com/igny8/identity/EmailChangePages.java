package com.igny8.identity;

import com.igny8.http.Form;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.Map;
import java.util.function.Consumer;

/** The two links of a changed address. Each asks first: mail scanners open links, too. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class EmailChangePages {
    private final EmailChanges changes;

    EmailChangePages(EmailChanges changes) {
        this.changes = changes;
    }

    @GetMapping("/change-email")
    String confirmation(@RequestParam(defaultValue = "") String token, Model model) {
        return page(token, false, model);
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/change-email")
    String confirm(
            @RequestParam(defaultValue = "") String token,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        next.addFlashAttribute("notice", "From now on you sign in with your new address");
        return done(
                changes::confirm,
                token,
                "redirect:/profile",
                page(token, false, model),
                model,
                response);
    }

    @GetMapping("/undo-email-change")
    String undoing(@RequestParam(defaultValue = "") String token, Model model) {
        return page(token, true, model);
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/undo-email-change")
    String undo(
            @RequestParam(defaultValue = "") String token,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        next.addFlashAttribute(
                "notice",
                "Your old address is back. Set a new password now: we have mailed you a link");
        return done(
                changes::undo, token, "redirect:/login", page(token, true, model), model, response);
    }

    private static String page(String token, boolean isUndo, Model model) {
        model.addAttribute("form", Form.sent(Map.of("token", token), "token"));
        model.addAttribute("isUndo", isUndo);
        return "identity/change-email";
    }

    private static String done(
            Consumer<String> act,
            String token,
            String then,
            String otherwise,
            Model model,
            HttpServletResponse response) {
        try {
            act.accept(token);
            return then;
        } catch (Problem problem) {
            response.setStatus(problem.status());
            model.addAttribute("form", Form.sent(Map.of("token", token), "token").refused(problem));
            return otherwise;
        }
    }
}
