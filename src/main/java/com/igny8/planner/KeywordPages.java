package com.igny8.planner;

import com.igny8.kernel.PageRequest;
import com.igny8.site.Sites;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.List;
import java.util.UUID;

/** A site's keywords, for people. */
@Controller
class KeywordPages {
    private final Sites sites;
    private final Keywords keywords;
    private final AutoCluster autoCluster;
    private final Removal removal;

    KeywordPages(Sites sites, Keywords keywords, AutoCluster autoCluster, Removal removal) {
        this.sites = sites;
        this.keywords = keywords;
        this.autoCluster = autoCluster;
        this.removal = removal;
    }

    @GetMapping("/sites/{id}/keywords")
    String list(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-volume") String ordering,
            @RequestParam(required = false) @Nullable String status,
            PageRequest page,
            Model model) {
        Keywords.Counts counts = keywords.counts(id);
        model.addAttribute("site", sites.get(id));
        model.addAttribute("counts", counts);
        model.addAttribute(
                "keywords",
                keywords.list(Keyword.Filter.of(id, status, null, null, ordering), page));
        model.addAttribute("ordering", ordering);
        model.addAttribute("status", status);
        model.addAttribute("search", page.search());
        model.addAttribute("cost", autoCluster.estimate(counts.clusterable()));
        model.addAttribute(
                "running",
                autoCluster.latest(id).filter(job -> !job.status().isFinal()).orElse(null));
        model.addAttribute("mayEdit", Tenancy.caller().role().isAtLeast(Role.EDITOR));
        return "planner/keywords";
    }

    @PostMapping("/sites/{id}/keywords/delete")
    String delete(
            @PathVariable UUID id,
            @RequestParam(name = "keyword", defaultValue = "") List<UUID> selected,
            RedirectAttributes next) {
        sites.getForEditing(id);
        if (!selected.isEmpty()) {
            removal.deleteKeywords(selected);
        }
        next.addFlashAttribute("notice", said(selected.size()));
        return "redirect:/sites/" + id + "/keywords";
    }

    private static String said(int deleted) {
        return switch (deleted) {
            case 0 -> "Select the keywords first, then delete them";
            case 1 -> "1 keyword is deleted";
            default -> deleted + " keywords are deleted";
        };
    }
}
