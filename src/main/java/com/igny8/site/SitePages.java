package com.igny8.site;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.igny8.billing.Subscriptions;
import com.igny8.catalog.Industries;
import com.igny8.catalog.Industry;
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
    private final Sites sites;
    private final Sectors sectors;
    private final Industries industries;
    private final Subscriptions subscriptions;

    SitePages(Sites sites, Sectors sectors, Industries industries, Subscriptions subscriptions) {
        this.sites = sites;
        this.sectors = sectors;
        this.industries = industries;
        this.subscriptions = subscriptions;
    }

    @GetMapping
    String list(PageRequest page, Model model) {
        model.addAttribute("sites", sites.list(page));
        model.addAttribute("industries", industryNames());
        model.addAttribute("plan", subscriptions.currentPlan());
        return "site/list";
    }

    @GetMapping("/new")
    String newSite(Model model) {
        Tenancy.caller().require(Role.ADMIN);
        return showNew(Form.blank("name", "domain", "industry"), model);
    }

    private String showNew(Form form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("industries", industryNames());
        return "site/new";
    }

    private Map<Integer, String> industryNames() {
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
                            Site.Draft.of(
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
