package com.igny8.identity;

import com.igny8.http.Form;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A person's own password and second factor. */
@Controller
@RequestMapping("/profile/security")
@Ungated(Ungated.To.EVERYBODY)
class SecurityPages {
    private static final String TO_SECURITY = "redirect:/profile/security";
    private static final String TO_ENROLMENT = "redirect:/profile/security/second-factor";

    private final PasswordChanges changes;
    private final WebSessions sessions;
    private final SecondFactors secondFactors;

    SecurityPages(PasswordChanges changes, WebSessions sessions, SecondFactors secondFactors) {
        this.changes = changes;
        this.sessions = sessions;
        this.secondFactors = secondFactors;
    }

    @GetMapping
    String security(Model model) {
        return page(model, passwordForm(), Form.blank("password"));
    }

    private static Form passwordForm() {
        return Form.blank("current_password", "new_password");
    }

    private String page(Model model, Form passwordForm, Form factorForm) {
        model.addAttribute("standing", secondFactors.standing(me().id()));
        model.addAttribute("passwordForm", passwordForm);
        model.addAttribute("factorForm", factorForm);
        return "identity/security";
    }

    /** A stolen copy of this browser's cookie is worth nothing afterwards. */
    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/password")
    String changePassword(
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletRequest request,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "current_password", "new_password");
        SignedIn signedIn = SignedIn.current().orElseThrow();
        try {
            changes.change(signedIn, form.value("current_password"), form.value("new_password"));
            SessionCookie.set(sessions.renew(signedIn.sessionId()), request, response);
            next.addFlashAttribute(
                    "notice", "Your password is changed, and you are signed out everywhere else");
            return TO_SECURITY;
        } catch (Problem problem) {
            response.setStatus(problem.status());
            Form again = form.forgetting("current_password").forgetting("new_password");
            return page(model, again.refused(problem), Form.blank("password"));
        }
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/second-factor")
    String begin(
            @RequestParam(defaultValue = "") String password,
            Model model,
            HttpServletResponse response) {
        try {
            secondFactors.begin(me(), password);
            return TO_ENROLMENT;
        } catch (Problem problem) {
            return factorRefused(problem, model, response);
        }
    }

    private String factorRefused(Problem problem, Model model, HttpServletResponse response) {
        response.setStatus(problem.status());
        return page(model, passwordForm(), Form.blank("password").refused(problem));
    }

    @GetMapping("/second-factor")
    String enrolment(Model model) {
        return enrolment(model, Form.blank("code"));
    }

    private String enrolment(Model model, Form form) {
        Optional<SecondFactors.Enrolment> begun = secondFactors.begun(me());
        if (begun.isEmpty()) {
            return TO_SECURITY;
        }
        model.addAttribute("form", form);
        model.addAttribute("secret", begun.get().secret());
        model.addAttribute("picture", QrPicture.of(begun.get().uri()));
        return "identity/second-factor";
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/second-factor/confirm")
    String confirm(
            @RequestParam(defaultValue = "") String code,
            Model model,
            HttpServletResponse response) {
        try {
            return codes(model, secondFactors.confirm(me(), code));
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return enrolment(model, Form.blank("code").refused(problem));
        }
    }

    private static String codes(Model model, List<String> codes) {
        model.addAttribute("codes", codes);
        return "identity/recovery-codes";
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/recovery-codes")
    String renewCodes(
            @RequestParam(defaultValue = "") String password,
            Model model,
            HttpServletResponse response) {
        try {
            return codes(model, secondFactors.renewCodes(me(), password));
        } catch (Problem problem) {
            return factorRefused(problem, model, response);
        }
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/second-factor/disable")
    String turnOff(
            @RequestParam(defaultValue = "") String password,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            secondFactors.turnOff(me(), password);
            next.addFlashAttribute("notice", "The second factor is off");
            return TO_SECURITY;
        } catch (Problem problem) {
            return factorRefused(problem, model, response);
        }
    }

    private static User me() {
        return SignedIn.current().orElseThrow().user();
    }
}
