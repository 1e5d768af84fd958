package com.igny8.planner;

import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.site.Sites;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.List;
import java.util.UUID;

/** Keywords and clusters that were deleted lately, for people who want them back. */
@Controller
@RequestMapping("/sites/{id}/deleted/{kind}")
class RemovedPages {
    private final Sites sites;
    private final Removed removed;
    private final Removal removal;

    RemovedPages(Sites sites, Removed removed, Removal removal) {
        this.sites = sites;
        this.removed = removed;
        this.removal = removal;
    }

    @GetMapping
    String list(@PathVariable UUID id, @PathVariable String kind, PageRequest page, Model model) {
        return show(id, Removal.Kind.of(kind), page, null, model);
    }

    private String show(
            UUID id, Removal.Kind kind, PageRequest page, @Nullable Problem problem, Model model) {
        model.addAttribute("site", sites.get(id));
        model.addAttribute("kind", kind.path());
        model.addAttribute("things", removed.list(id, kind, page));
        model.addAttribute("problem", problem);
        model.addAttribute("mayEdit", Tenancy.caller().role().isAtLeast(Role.EDITOR));
        return "planner/deleted";
    }

    @PostMapping
    String restore(
            @PathVariable UUID id,
            @PathVariable String kind,
            @RequestParam(name = "thing", defaultValue = "") List<UUID> selected,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Removal.Kind what = Removal.Kind.of(kind);
        sites.getForEditing(id);
        try {
            if (!selected.isEmpty()) {
                removal.restore(what, selected);
            }
            next.addFlashAttribute("notice", said(what, selected.size()));
            return "redirect:/sites/{id}/deleted/{kind}";
        } catch (Problem problem) {
            if (problem.status() == HttpServletResponse.SC_NOT_FOUND) {
                throw problem;
            }
            response.setStatus(problem.status());
            return show(id, what, PageRequest.first(), problem, model);
        }
    }

    private static String said(Removal.Kind kind, int restored) {
        return switch (restored) {
            case 0 -> "Select some first, then restore them";
            case 1 -> "1 " + kind.table() + " is back";
            default -> restored + " " + kind.path() + " are back";
        };
    }
}
