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

/** A person's own name and address, whatever account they act on. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class ProfilePages {
    private static final String TO_PROFILE = "redirect:/profile";

    private final Users users;
    private final EmailVerifications verifications;
    private final EmailChanges emailChanges;

    ProfilePages(Users users, EmailVerifications verifications, EmailChanges emailChanges) {
        this.users = users;
        this.verifications = verifications;
        this.emailChanges = emailChanges;
    }

    @GetMapping("/profile")
    String profile(Model model) {
        return page(model, nameForm(me()), Form.blank("email", "password"));
    }

    private static Form nameForm(User user) {
        return Form.sent(
                Map.of("first_name", user.firstName(), "last_name", user.lastName()),
                "first_name",
                "last_name");
    }

    private static String page(Model model, Form nameForm, Form emailForm) {
        model.addAttribute("person", me());
        model.addAttribute("nameForm", nameForm);
        model.addAttribute("emailForm", emailForm);
        return "identity/profile";
    }

    @PostMapping("/profile")
    String rename(
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "first_name", "last_name");
        try {
            users.rename(
                    me().id(), new PersonName(form.value("first_name"), form.value("last_name")));
            next.addFlashAttribute("notice", "Your name is saved");
            return TO_PROFILE;
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return page(model, form.refused(problem), Form.blank("email", "password"));
        }
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/profile/email")
    String changeEmail(
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "email", "password");
        try {
            emailChanges.request(me(), form.value("email"), form.value("password"));
            next.addFlashAttribute(
                    "notice", "Look into the new mailbox: a link there confirms the address");
            return TO_PROFILE;
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return page(model, nameForm(me()), form.forgetting("password").refused(problem));
        }
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/profile/verify-email")
    String sendVerificationAgain(RedirectAttributes next) {
        verifications.sendAgain(me());
        next.addFlashAttribute("notice", "The mail is on its way");
        return TO_PROFILE;
    }

    private static User me() {
        return SignedIn.current().orElseThrow().user();
    }
}
