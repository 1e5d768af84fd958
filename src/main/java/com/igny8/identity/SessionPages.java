package com.igny8.identity;

import com.igny8.tenancy.Ungated;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.UUID;

/** Where a person is signed in. */
@Controller
@RequestMapping("/profile/sessions")
@Ungated(Ungated.To.EVERYBODY)
class SessionPages {
    private static final String TO_SESSIONS = "redirect:/profile/sessions";

    private final ActiveSessions sessions;

    SessionPages(ActiveSessions sessions) {
        this.sessions = sessions;
    }

    @GetMapping
    String sessions(Model model) {
        model.addAttribute("sessions", sessions.of(SignedIn.current().orElseThrow()));
        return "identity/sessions";
    }

    @PostMapping("/{id}/end")
    String end(@PathVariable UUID id, RedirectAttributes next) {
        sessions.end(SignedIn.current().orElseThrow().user(), id);
        next.addFlashAttribute("notice", "Signed out there");
        return TO_SESSIONS;
    }

    @PostMapping("/end-others")
    String endOthers(RedirectAttributes next) {
        SignedIn signedIn = SignedIn.current().orElseThrow();
        sessions.endOthers(signedIn);
        next.addFlashAttribute("notice", "Signed out everywhere else");
        return TO_SESSIONS;
    }
}
