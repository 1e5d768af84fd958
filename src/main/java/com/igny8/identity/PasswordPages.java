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

/** For those who forgot their password. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class PasswordPages {
    private final PasswordResets resets;
    private final Throttle throttle;

    PasswordPages(PasswordResets resets, Throttle throttle) {
        this.resets = resets;
        this.throttle = throttle;
    }

    @GetMapping("/forgot-password")
    String forgotten(Model model) {
        model.addAttribute("form", Form.blank("email"));
        return "identity/forgot-password";
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/forgot-password")
    String request(
            @RequestParam Map<String, String> sent, Model model, HttpServletResponse response) {
        Form form = Form.sent(sent, "email");
        model.addAttribute("form", form);
        try {
            throttle.requireAuth("reset:" + Users.normal(form.value("email")));
            resets.request(form.value("email"));
            model.addAttribute("sentTo", form.value("email").strip());
        } catch (Problem problem) {
            response.setStatus(problem.status());
            model.addAttribute("form", form.refused(problem));
        }
        return "identity/forgot-password";
    }

    @GetMapping("/reset-password")
    String choice(@RequestParam(defaultValue = "") String token, Model model) {
        model.addAttribute("form", Form.sent(Map.of("token", token), "token", "password"));
        return "identity/reset-password";
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/reset-password")
    String confirm(
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "token", "password");
        try {
            resets.confirm(form.value("token"), form.value("password"));
            next.addFlashAttribute("notice", "Your new password is set. Sign in with it");
            return "redirect:/login";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            model.addAttribute("form", form.forgetting("password").refused(problem));
            return "identity/reset-password";
        }
    }
}
