package com.igny8.audit;

import com.igny8.identity.SignedIn;
import com.igny8.tenancy.Ungated;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What happened to a person's own sign-in lately, on whatever account they act. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class ActivityPages {
    private final SecurityHistory history;

    ActivityPages(SecurityHistory history) {
        this.history = history;
    }

    @GetMapping("/profile/activity")
    String activity(Model model) {
        model.addAttribute("happenings", history.of(SignedIn.current().orElseThrow().user()));
        return "audit/activity";
    }
}
