package com.igny8.signup;

import com.igny8.account.Acceptance;
import com.igny8.account.Offer;
import com.igny8.http.Form;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.identity.SignedIn;
import com.igny8.identity.Users;
import com.igny8.identity.WebSessions;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.Map;
import java.util.Optional;

/** Where the link of an invitation leads, for whoever follows it. */
@Controller
@RequestMapping("/invitations/{token}")
@Ungated(Ungated.To.EVERYBODY)
class InvitationPages {
    private final Acceptance acceptance;
    private final Joining joining;
    private final Users users;
    private final Browser browser;
    private final WebSessions sessions;

    InvitationPages(
            Acceptance acceptance,
            Joining joining,
            Users users,
            Browser browser,
            WebSessions sessions) {
        this.acceptance = acceptance;
        this.joining = joining;
        this.users = users;
        this.browser = browser;
        this.sessions = sessions;
    }

    /** Who looks at the page: what there is to do for them differs. */
    enum Reader {
        /** Signed in as the one who was invited. */
        INVITED,
        /** Signed in as somebody else. */
        SOMEBODY_ELSE,
        /** Not signed in; the address has a user. */
        KNOWN,
        /** Not signed in; the address has none. */
        NEW
    }

    /** The address holds the token: no other page is to learn of it, not even ours. */
    @ModelAttribute
    void keepToOneself(HttpServletResponse response) {
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-store");
    }

    @GetMapping
    String offer(@PathVariable String token, Model model, HttpServletResponse response) {
        return show(token, Form.blank("first_name", "last_name", "password"), model, response);
    }

    private String show(String token, Form form, Model model, HttpServletResponse response) {
        try {
            Offer offer = acceptance.offer(token);
            model.addAttribute("form", form);
            model.addAttribute("offer", offer);
            model.addAttribute("token", token);
            model.addAttribute("reader", reader(offer).name());
            return "signup/invitation";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            model.addAttribute("problem", problem);
            return "signup/invitation-gone";
        }
    }

    private Reader reader(Offer offer) {
        return SignedIn.current()
                .map(
                        signedIn ->
                                offer.isFor(signedIn.user())
                                        ? Reader.INVITED
                                        : Reader.SOMEBODY_ELSE)
                .orElseGet(() -> users.find(offer.email()).isPresent() ? Reader.KNOWN : Reader.NEW);
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping
    String accept(
            @PathVariable String token,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletRequest request,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "first_name", "last_name", "password");
        Optional<SignedIn> signedIn = SignedIn.current();
        try {
            Joining.Joined joined =
                    joining.accept(
                            token,
                            new Joining.Newcomer(
                                    form.value("first_name"),
                                    form.value("last_name"),
                                    form.value("password")));
            if (signedIn.isPresent()) {
                sessions.actOn(signedIn.get().sessionId(), joined.offer().accountId());
            } else {
                browser.signIn(joined.user(), joined.offer().accountId(), request, response);
            }
            next.addFlashAttribute("notice", "Welcome to " + joined.offer().accountName());
            return "redirect:/sites";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return show(token, form.forgetting("password").refused(problem), model, response);
        }
    }

    /** For who is signed in as somebody else: out, and back to the invitation. */
    @PostMapping("/sign-out")
    String signOut(
            @PathVariable String token, HttpServletRequest request, HttpServletResponse response) {
        SignedIn.current()
                .ifPresent(signedIn -> browser.signOut(signedIn.sessionId(), request, response));
        return "redirect:/invitations/{token}";
    }
}
