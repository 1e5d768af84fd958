package com.igny8.signup;

import com.igny8.account.Accounts;
import com.igny8.account.Gate;
import com.igny8.http.Form;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.identity.EmailVerifications;
import com.igny8.identity.SessionCookie;
import com.igny8.identity.SignIn;
import com.igny8.identity.SignedIn;
import com.igny8.identity.User;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Caller;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Signing in and out in a browser, and confirming the address one signed up with. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class SignInPages {
    private static final int MAX_EMAIL_LENGTH = 254;
    private static final int MAX_PASSWORD_LENGTH = 512;

    /** After which another code is of no use: it takes the password again. */
    private static final Set<String> BEGIN_ANEW = Set.of("challenge_invalid", "sign_in_ended");

    private final SignIn signIn;
    private final Accounts accounts;
    private final Gate gate;
    private final Browser browser;
    private final EmailVerifications verifications;
    private final Throttle throttle;
    private final SignInLog signInLog;

    SignInPages(
            SignIn signIn,
            Accounts accounts,
            Gate gate,
            Browser browser,
            EmailVerifications verifications,
            Throttle throttle,
            SignInLog signInLog) {
        this.signIn = signIn;
        this.accounts = accounts;
        this.gate = gate;
        this.browser = browser;
        this.verifications = verifications;
        this.throttle = throttle;
        this.signInLog = signInLog;
    }

    @GetMapping("/login")
    Object form(@RequestParam(required = false) @Nullable String next, Model model) {
        Optional<SignedIn> signedIn = SignedIn.current();
        if (signedIn.isPresent()) {
            return to(Destination.of(next).orElse(Browser.home(signedIn.get().user())));
        }
        model.addAttribute("form", blank(Destination.of(next).orElse("")));
        return "signup/login";
    }

    private static Form blank(String next) {
        return Form.sent(Map.of("next", next), "email", "password", "next");
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/login")
    Object signIn(
            @RequestParam Map<String, String> sent,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "email", "password", "next");
        try {
            return switch (withPassword(form.value("email").strip(), form.value("password"))) {
                case SignIn.Step.In in -> in(in.user(), form, request, response);
                case SignIn.Step.CodeNeeded(String challenge) ->
                        askForCode(challenge, form.value("next"), model);
            };
        } catch (Problem problem) {
            refused(problem, form.forgetting("password"), model, response);
            return "signup/login";
        }
    }

    private SignIn.Step withPassword(String email, String password) {
        throttle.requireEmail(email);
        if (email.length() > MAX_EMAIL_LENGTH || password.length() > MAX_PASSWORD_LENGTH) {
            throw Problem.badRequest("too_long", "Nobody has so long an email or password here");
        }
        return signInLog.found(email, () -> signIn.withPassword(email, password));
    }

    /** On the very page that the password was sent to: there is nothing to come back to later. */
    private static String askForCode(String challenge, String next, Model model) {
        model.addAttribute(
                "form",
                Form.sent(
                        Map.of("challenge", challenge, "next", next), "challenge", "code", "next"));
        return "signup/second-factor";
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/login/second-factor")
    Object secondFactor(
            @RequestParam Map<String, String> sent,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "challenge", "code", "next");
        try {
            User user = signIn.withCode(form.value("challenge"), form.value("code"));
            return in(user, form, request, response);
        } catch (Problem problem) {
            boolean canTryAgain = !BEGIN_ANEW.contains(problem.code());
            Form again = canTryAgain ? form.forgetting("code") : blank(form.value("next"));
            refused(problem, again, model, response);
            return canTryAgain ? "signup/second-factor" : "signup/login";
        }
    }

    private View in(
            User user, Form form, HttpServletRequest request, HttpServletResponse response) {
        UUID accountId = accounts.firstSeat(user.id()).orElse(null);
        String token =
                signInLog.begun(
                        user,
                        accountId,
                        Caller.Via.SESSION,
                        () -> browser.session(user, accountId, request));
        SessionCookie.set(token, request, response);
        return to(Destination.of(form.value("next")).orElseGet(() -> home(user, accountId)));
    }

    /**
     * Whom the gate does not let in is taken to the page that says why, and what to do about it.
     */
    private String home(User user, @Nullable UUID accountId) {
        String refusal =
                gate.ask(user.id(), accountId, Caller.Via.SESSION)
                        .refusal()
                        .map(Problem::code)
                        .orElse("");
        return switch (refusal) {
            case "account_deleted" -> "/account/deleted";
            case "account_suspended" -> "/account";
            default -> Browser.home(user);
        };
    }

    private static void refused(
            Problem problem, Form form, Model model, HttpServletResponse response) {
        response.setStatus(problem.status());
        if (problem.details().get("retry_after") instanceof Long seconds) {
            response.setHeader(HttpHeaders.RETRY_AFTER, seconds.toString());
        }
        model.addAttribute("form", form.refused(problem));
    }

    /** Taken as it is: braces in it are not ours to expand. */
    private static View to(String path) {
        RedirectView view = new RedirectView(path, true, false);
        view.setExpandUriTemplateVariables(false);
        return view;
    }

    @PostMapping("/logout")
    String signOut(
            RedirectAttributes next, HttpServletRequest request, HttpServletResponse response) {
        signInLog.signedOut();
        SignedIn.current()
                .ifPresent(signedIn -> browser.signOut(signedIn.sessionId(), request, response));
        next.addFlashAttribute("notice", "You are signed out");
        return "redirect:/login";
    }

    /** Asks before it confirms: mail scanners open links, but do not press buttons. */
    @GetMapping("/verify-email")
    String confirmation(@RequestParam(defaultValue = "") String token, Model model) {
        model.addAttribute("form", Form.sent(Map.of("token", token), "token"));
        return "signup/verify-email";
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/verify-email")
    String confirm(
            @RequestParam(defaultValue = "") String token,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            verifications.verify(token);
            next.addFlashAttribute("notice", "Your email address is confirmed");
            return SignedIn.current()
                    .map(signedIn -> "redirect:" + Browser.home(signedIn.user()))
                    .orElse("redirect:/login");
        } catch (Problem problem) {
            response.setStatus(problem.status());
            model.addAttribute("form", Form.sent(Map.of("token", token), "token").refused(problem));
            return "signup/verify-email";
        }
    }
}
