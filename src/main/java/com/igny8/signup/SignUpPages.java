package com.igny8.signup;

import com.igny8.catalog.Plan;
import com.igny8.catalog.Plans;
import com.igny8.http.Form;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.identity.EmailVerifications;
import com.igny8.identity.NewUser;
import com.igny8.identity.SignedIn;
import com.igny8.identity.Users;
import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.Map;
import java.util.Optional;

/** Starting a free trial in a browser. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class SignUpPages {
    private static final int MAX_NAME_LENGTH = 80;

    private final SignUp signUp;
    private final Users users;
    private final Plans plans;
    private final Browser browser;
    private final EmailVerifications verifications;
    private final Throttle throttle;

    SignUpPages(
            SignUp signUp,
            Users users,
            Plans plans,
            Browser browser,
            EmailVerifications verifications,
            Throttle throttle) {
        this.signUp = signUp;
        this.users = users;
        this.plans = plans;
        this.browser = browser;
        this.verifications = verifications;
        this.throttle = throttle;
    }

    @ModelAttribute("trial")
    Plan trial() {
        return plans.latest(Plans.FREE_TRIAL).orElseThrow();
    }

    @GetMapping("/signup")
    String form(Model model) {
        Optional<SignedIn> signedIn = SignedIn.current();
        if (signedIn.isPresent()) {
            return "redirect:" + Browser.home(signedIn.get().user());
        }
        model.addAttribute("form", Form.blank("name", "email", "password"));
        return "signup/signup";
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/signup")
    String register(
            @RequestParam Map<String, String> sent,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "name", "email", "password");
        try {
            throttle.requireEmail(form.value("email"));
            Optional<SignUp.Customer> customer =
                    signUp.register(
                            new Registration(users.prepare(newUser(form)), null, null, null));
            if (customer.isPresent()) {
                browser.signIn(
                        customer.get().user(), customer.get().account().id(), request, response);
            } else {
                browser.pretendToSignIn(request, response);
                verifications.sendAlreadyRegistered(form.value("email").strip());
            }
            return "redirect:/signup/done";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            model.addAttribute("form", form.forgetting("password").refused(problem));
            return "signup/signup";
        }
    }

    /**
     * Where everybody is sent who signed up, be the address new or taken: who has an account
     * already is told so by mail.
     */
    @GetMapping("/signup/done")
    String done(RedirectAttributes next) {
        Optional<SignedIn> signedIn = SignedIn.current();
        if (signedIn.isEmpty()) {
            return "signup/check-your-mail";
        }
        next.addFlashAttribute("notice", "Welcome to IGNY8. Your credits are ready");
        return "redirect:" + Browser.home(signedIn.get().user());
    }

    private static NewUser newUser(Form form) {
        String name = form.value("name").strip();
        new FieldErrors()
                .require(!name.isEmpty(), "name", "Tell us what to call you")
                .require(
                        name.length() <= MAX_NAME_LENGTH
                                && name.chars().noneMatch(Character::isISOControl),
                        "name",
                        "Must be at most " + MAX_NAME_LENGTH + " plain characters")
                .throwIfAny();
        int space = name.indexOf(' ');
        return new NewUser(
                form.value("email"),
                form.value("password"),
                space < 0 ? name : name.substring(0, space),
                space < 0 ? "" : name.substring(space + 1).strip());
    }
}
