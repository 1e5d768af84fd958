package com.igny8.site;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.igny8.billing.Subscriptions;
import com.igny8.catalog.Industries;
import com.igny8.catalog.Industry;
import com.igny8.catalog.Plan;
import com.igny8.http.Form;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Sites and sectors, for people. */
@Controller
@RequestMapping("/sites")
class SitePages {
    private static final PageRequest LATEST = PageRequest.first();

    private final Sites sites;
    private final Sectors sectors;
    private final Drafts drafts;
    private final SiteDeletion siteDeletion;
    private final SectorDeletion sectorDeletion;
    private final SiteProgress progress;
    private final Industries industries;
    private final Subscriptions subscriptions;

    SitePages(
            Sites sites,
            Sectors sectors,
            Drafts drafts,
            SiteDeletion siteDeletion,
            SectorDeletion sectorDeletion,
            SiteProgress progress,
            Industries industries,
            Subscriptions subscriptions) {
        this.sites = sites;
        this.sectors = sectors;
        this.drafts = drafts;
        this.siteDeletion = siteDeletion;
        this.sectorDeletion = sectorDeletion;
        this.progress = progress;
        this.industries = industries;
        this.subscriptions = subscriptions;
    }

    @GetMapping
    String list(PageRequest page, Model model) {
        model.addAttribute("sites", sites.list(page));
        model.addAttribute("industries", industryNames(industries));
        model.addAttribute("plan", subscriptions.currentPlan());
        model.addAttribute("deleted", isAdmin() ? siteDeletion.list(LATEST).rows() : List.of());
        return "site/list";
    }

    private static boolean isAdmin() {
        return Tenancy.caller().role().isAtLeast(Role.ADMIN);
    }

    @GetMapping("/new")
    String newSite(Model model) {
        Tenancy.caller().require(Role.ADMIN);
        return showNew(Form.blank("name", "domain", "industry"), model);
    }

    private String showNew(Form form, Model model) {
        Plan plan = subscriptions.currentPlan();
        model.addAttribute("form", form);
        model.addAttribute("plan", plan);
        model.addAttribute(
                "isFull", plan.maxSites() != 0 && sites.list(LATEST).count() >= plan.maxSites());
        model.addAttribute("industries", industryNames(industries));
        return "site/new";
    }

    static Map<Integer, String> industryNames(Industries industries) {
        return industries.all().stream()
                .collect(
                        toMap(
                                Industry::id,
                                Industry::name,
                                (one, other) -> one,
                                LinkedHashMap::new));
    }

    @PostMapping
    String create(
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "name", "domain", "industry");
        try {
            Site site =
                    sites.create(
                            drafts.of(
                                    form.value("name"),
                                    form.value("domain"),
                                    form.number("industry")));
            next.addFlashAttribute("notice", site.name() + " is added. Now say what it is about");
            return "redirect:/sites/" + site.id();
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return showNew(form.refused(problem), model);
        }
    }

    @GetMapping("/{id}")
    String site(@PathVariable UUID id, Model model) {
        return show(id, Form.blank("industry_sector", "name"), model);
    }

    private String show(UUID id, Form form, Model model) {
        Site site = sites.get(id);
        Industry industry = industries.find(site.industryId()).orElseThrow();
        List<Sector> present = sectors.list(id);
        model.addAttribute("form", form);
        model.addAttribute("site", site);
        model.addAttribute("industry", industry);
        model.addAttribute("sectors", present);
        model.addAttribute("sectorChoices", notYetIn(present, industry));
        model.addAttribute("plan", subscriptions.currentPlan());
        model.addAttribute("deleted", isAdmin() ? sectorDeletion.list(id) : List.of());
        model.addAttribute("progress", progress.of(id));
        return "site/site";
    }

    private static Map<Integer, String> notYetIn(List<Sector> present, Industry industry) {
        Set<Integer> taken = present.stream().map(Sector::industrySectorId).collect(toSet());
        return industry.sectors().stream()
                .filter(sector -> !taken.contains(sector.id()))
                .collect(
                        toMap(
                                Industry.Sector::id,
                                Industry.Sector::name,
                                (one, other) -> one,
                                LinkedHashMap::new));
    }

    @PostMapping("/{id}/sectors")
    String addSector(
            @PathVariable UUID id,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "industry_sector", "name");
        try {
            Sector sector = sectors.create(id, form.value("name"), form.number("industry_sector"));
            next.addFlashAttribute("notice", "Sector " + sector.name() + " is added");
            return "redirect:/sites/" + id;
        } catch (Problem problem) {
            if (problem.status() == 404) {
                throw problem;
            }
            response.setStatus(problem.status());
            return show(id, form.refused(problem), model);
        }
    }
}
