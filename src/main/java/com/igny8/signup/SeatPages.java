package com.igny8.signup;

import com.igny8.account.Accounts;
import com.igny8.account.Members;
import com.igny8.account.Seat;
import com.igny8.account.Seats;
import com.igny8.identity.SignedIn;
import com.igny8.identity.WebSessions;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.UUID;

/** The accounts one may act on, for people: choosing one, leaving one. */
@Controller
@RequestMapping("/accounts")
class SeatPages {
    private final Seats seats;
    private final Members members;
    private final Accounts accounts;
    private final WebSessions sessions;

    SeatPages(Seats seats, Members members, Accounts accounts, WebSessions sessions) {
        this.seats = seats;
        this.members = members;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    @Ungated(Ungated.To.EVERYBODY)
    @GetMapping
    String seats(Model model) {
        return show(null, model);
    }

    private String show(@Nullable Problem problem, Model model) {
        SignedIn signedIn = SignedIn.current().orElseThrow();
        model.addAttribute("problem", problem);
        model.addAttribute("seats", seats.of(signedIn.user().id()));
        model.addAttribute("current", signedIn.actingAccountId());
        return "signup/accounts";
    }

    @Ungated(Ungated.To.EVERYBODY)
    @PostMapping("/switch")
    String switchAccount(@RequestParam UUID account, RedirectAttributes next) {
        SignedIn signedIn = SignedIn.current().orElseThrow();
        Seat seat = seats.choose(signedIn.user().id(), account);
        sessions.actOn(signedIn.sessionId(), seat.accountId());
        next.addFlashAttribute("notice", "You are in " + seat.name() + " now");
        return "redirect:/sites";
    }

    /** Gives up the seat in the account one acts on, if it is the one that the page showed. */
    @PostMapping("/leave")
    String leave(
            @RequestParam UUID account,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        SignedIn signedIn = SignedIn.current().orElseThrow();
        String left = accounts.current().name();
        try {
            if (!account.equals(Tenancy.accountId())) {
                throw Problem.conflict(
                        "account_switched", "You have switched accounts since: look again");
            }
            members.leave();
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return show(problem, model);
        }
        sessions.actOn(signedIn.sessionId(), accounts.firstSeat(signedIn.user().id()).orElse(null));
        next.addFlashAttribute("notice", "You have left " + left);
        return "redirect:/accounts";
    }
}
