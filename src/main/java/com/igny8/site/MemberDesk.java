package com.igny8.site;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.igny8.account.Invitation;
import com.igny8.account.Invitations;
import com.igny8.account.Member;
import com.igny8.account.Members;
import com.igny8.http.Form;
import com.igny8.http.Throttle;
import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Who works on the bound account and on which of its sites, for people: its admins, or operators.
 * In this room for the sites.
 */
abstract class MemberDesk {
    private final Members members;
    private final Invitations invitations;
    private final SiteAccess siteAccess;
    private final Sites sites;
    private final Throttle throttle;
    private final Clock clock;

    MemberDesk(
            Members members,
            Invitations invitations,
            SiteAccess siteAccess,
            Sites sites,
            Throttle throttle,
            Clock clock) {
        this.members = members;
        this.invitations = invitations;
        this.siteAccess = siteAccess;
        this.sites = sites;
        this.throttle = throttle;
        this.clock = clock;
    }

    /** Where these pages are. */
    @ModelAttribute("base")
    abstract String base();

    private String toAll() {
        return "redirect:" + base();
    }

    /** What each role that can be given is for. */
    @ModelAttribute("roles")
    Map<String, String> roles() {
        Map<String, String> roles = new LinkedHashMap<>();
        roles.put("viewer", "Viewer: looks at the sites they are let into");
        roles.put("editor", "Editor: also works on them");
        roles.put("admin", "Admin: all sites, members, keys and billing");
        return roles;
    }

    @GetMapping
    String list(PageRequest page, Model model) {
        String shown = showAll(page, Form.blank("email", "role"), Set.of(), model);
        looked();
        return shown;
    }

    /** These pages were read: where it was not by members, that is to be written down. */
    void looked() {}

    private String showAll(PageRequest request, Form form, Set<UUID> chosen, Model model) {
        Page<Member> page = members.list(request);
        model.addAttribute("form", form);
        model.addAttribute("chosen", chosen);
        model.addAttribute("members", page);
        model.addAttribute(
                "siteNames",
                siteAccess.siteNames(
                        page.rows().stream().map(member -> member.user().id()).toList()));
        model.addAttribute("invitations", invitations.open());
        model.addAttribute("now", clock.instant());
        model.addAttribute("seatCount", invitations.seatCount());
        model.addAttribute("sites", siteNames());
        return "site/members";
    }

    private Map<UUID, String> siteNames() {
        return sites.list(new PageRequest(1, PageRequest.MAX_SIZE, null)).rows().stream()
                .collect(toMap(Site::id, Site::name, (one, two) -> one, LinkedHashMap::new));
    }

    @PostMapping("/invitations")
    String invite(
            @RequestParam Map<String, String> sent,
            @RequestParam(name = "site", defaultValue = "") List<UUID> chosen,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "email", "role");
        try {
            throttle.requireAuth("invitations:" + Tenancy.accountId());
            Invitation invitation =
                    invitations.invite(
                            Invitation.Draft.of(form.value("email"), form.value("role"), chosen));
            next.addFlashAttribute(
                    "notice", "The invitation to " + invitation.email() + " is on its way");
            return toAll();
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return showAll(PageRequest.first(), form.refused(problem), Set.copyOf(chosen), model);
        }
    }

    @PostMapping("/invitations/{id}/resend")
    String resend(
            @PathVariable UUID id,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            throttle.requireAuth("invitations:" + Tenancy.accountId());
            next.addFlashAttribute(
                    "notice",
                    "The invitation to " + invitations.resend(id).email() + " is sent again");
            return toAll();
        } catch (Problem problem) {
            response.setStatus(problem.status());
            Form form = Form.blank("email", "role").refused(problem);
            return showAll(PageRequest.first(), form, Set.of(), model);
        }
    }

    @PostMapping("/invitations/{id}/revoke")
    String revoke(@PathVariable UUID id, RedirectAttributes next) {
        next.addFlashAttribute(
                "notice", "The invitation to " + invitations.revoke(id).email() + " is taken back");
        return toAll();
    }

    @GetMapping("/{userId}")
    String member(@PathVariable UUID userId, Model model) {
        String shown = show(userId, Form.blank("password"), model);
        looked();
        return shown;
    }

    private String show(UUID userId, Form form, Model model) {
        Member member = members.get(userId);
        model.addAttribute("form", form);
        model.addAttribute("member", member);
        model.addAttribute("isOwner", holdsOwnersSeat());
        model.addAttribute("isSelf", isSelf(userId));
        model.addAttribute("sites", siteNames());
        model.addAttribute(
                "chosen",
                siteAccess.of(userId).stream().map(SiteAccess.Grant::siteId).collect(toSet()));
        return "site/member";
    }

    private boolean holdsOwnersSeat() {
        return members.find(Tenancy.caller().userId())
                .filter(member -> member.role() == Role.OWNER)
                .isPresent();
    }

    private static boolean isSelf(UUID userId) {
        return userId.equals(Tenancy.caller().userId());
    }

    @PostMapping("/{userId}/role")
    String changeRole(
            @PathVariable UUID userId,
            @RequestParam(defaultValue = "") String role,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            Role given = Member.assignable(role);
            boolean isSelf = isSelf(userId);
            members.changeRole(userId, given);
            next.addFlashAttribute("notice", "The role is " + given.key() + " now");
            return isSelf && !given.isAtLeast(Role.ADMIN)
                    ? "redirect:/sites"
                    : toAll() + "/" + userId;
        } catch (Problem problem) {
            return refused(problem, userId, model, response);
        }
    }

    String refused(Problem problem, UUID userId, Model model, HttpServletResponse response) {
        response.setStatus(problem.status());
        return show(userId, Form.blank("password").refused(problem), model);
    }

    @PostMapping("/{userId}/sites")
    String setSites(
            @PathVariable UUID userId,
            @RequestParam(name = "site", defaultValue = "") List<UUID> chosen,
            RedirectAttributes next) {
        siteAccess.set(userId, Set.copyOf(chosen));
        next.addFlashAttribute("notice", "Their sites are saved");
        return toAll() + "/" + userId;
    }

    @PostMapping("/{userId}/remove")
    String remove(
            @PathVariable UUID userId,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            Member removed = members.remove(userId);
            next.addFlashAttribute(
                    "notice", removed.user().displayName() + " is not a member any more");
            return isSelf(userId) ? "redirect:/accounts" : toAll();
        } catch (Problem problem) {
            return refused(problem, userId, model, response);
        }
    }
}
