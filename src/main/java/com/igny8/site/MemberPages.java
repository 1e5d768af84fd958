package com.igny8.site;

import com.igny8.account.Invitations;
import com.igny8.account.Member;
import com.igny8.account.Members;
import com.igny8.account.Ownership;
import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.identity.SignedIn;
import com.igny8.identity.User;
import com.igny8.kernel.Problem;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.time.Clock;
import java.util.UUID;

/** The members of the account, for its admins; and for its owner to hand it over. */
@Controller
@RequestMapping(MemberPages.PATH)
class MemberPages extends MemberDesk {
    static final String PATH = "/account/members";

    private final Ownership ownership;

    MemberPages(
            Members members,
            Invitations invitations,
            Ownership ownership,
            SiteAccess siteAccess,
            Sites sites,
            Throttle throttle,
            Clock clock) {
        super(members, invitations, siteAccess, sites, throttle, clock);
        this.ownership = ownership;
    }

    @Override
    String base() {
        return PATH;
    }

    @Throttled(Throttle.Scope.AUTH)
    @PostMapping("/{userId}/ownership")
    String transfer(
            @PathVariable UUID userId,
            @RequestParam(defaultValue = "") String password,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            User previous = SignedIn.current().orElseThrow().user();
            Member owner = ownership.transfer(previous, userId, password);
            next.addFlashAttribute(
                    "notice", "The account belongs to " + owner.user().displayName() + " now");
            return "redirect:" + PATH;
        } catch (Problem problem) {
            return refused(problem, userId, model, response);
        }
    }
}
