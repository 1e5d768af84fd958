package com.igny8.site;

import com.igny8.catalog.Industries;
import com.igny8.http.Form;
import com.igny8.kernel.IfMatch;
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

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Changing, deleting and restoring sites and sectors, for people. */
@Controller
@RequestMapping("/sites/{id}")
class SiteSettingsPages {
    private static final String[] FIELDS = {"name", "domain", "industry", "is_active"};

    private final Sites sites;
    private final SiteEditing editing;
    private final SiteDeletion siteDeletion;
    private final Sectors sectors;
    private final SectorDeletion sectorDeletion;
    private final Industries industries;

    SiteSettingsPages(
            Sites sites,
            SiteEditing editing,
            SiteDeletion siteDeletion,
            Sectors sectors,
            SectorDeletion sectorDeletion,
            Industries industries) {
        this.sites = sites;
        this.editing = editing;
        this.siteDeletion = siteDeletion;
        this.sectors = sectors;
        this.sectorDeletion = sectorDeletion;
        this.industries = industries;
    }

    @GetMapping("/edit")
    String edit(@PathVariable UUID id, Model model) {
        Site site = sites.get(id);
        return show(
                site,
                Form.sent(
                        Map.of(
                                "name", site.name(),
                                "domain", site.domain(),
                                "industry", Integer.toString(site.industryId()),
                                "is_active", site.isActive() ? "true" : ""),
                        FIELDS),
                model);
    }

    private String show(Site site, Form form, Model model) {
        Tenancy.caller().require(Role.ADMIN);
        model.addAttribute("site", site);
        model.addAttribute("form", form);
        model.addAttribute("industries", SitePages.industryNames(industries));
        model.addAttribute("hasSectors", !sectors.list(site.id()).isEmpty());
        return "site/edit";
    }

    @PostMapping("/edit")
    String change(
            @PathVariable UUID id,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, FIELDS);
        Site site = sites.get(id);
        try {
            editing.edit(
                    id,
                    new SiteEditing.Change(
                            Optional.of(form.value("name")),
                            Optional.of(form.value("domain")),
                            sent.containsKey("industry")
                                    ? Optional.of(form.number("industry"))
                                    : Optional.empty(),
                            Optional.of(form.value("is_active").equals("true"))),
                    IfMatch.ANYTHING);
            next.addFlashAttribute("notice", "Site saved");
            return "redirect:/sites/" + id;
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return show(site, form.refused(problem), model);
        }
    }

    @PostMapping("/delete")
    String delete(@PathVariable UUID id, RedirectAttributes next) {
        siteDeletion.delete(id);
        next.addFlashAttribute("notice", "The site is deleted. You can restore it below");
        return "redirect:/sites";
    }

    @PostMapping("/restore")
    String restore(@PathVariable UUID id, RedirectAttributes next) {
        Site site = siteDeletion.restore(id);
        next.addFlashAttribute("notice", site.name() + " is back, with all that was on it");
        return "redirect:/sites/" + id;
    }

    @PostMapping("/sectors/{sector}/name")
    String renameSector(
            @PathVariable UUID id,
            @PathVariable UUID sector,
            @RequestParam(defaultValue = "") String name,
            RedirectAttributes next) {
        Sector renamed = sectors.rename(sectors.require(id, sector).id(), name, IfMatch.ANYTHING);
        next.addFlashAttribute("notice", "The sector is called " + renamed.name() + " now");
        return "redirect:/sites/" + id;
    }

    @PostMapping("/sectors/{sector}/delete")
    String deleteSector(@PathVariable UUID id, @PathVariable UUID sector, RedirectAttributes next) {
        Sector gone = sectors.require(id, sector);
        sectorDeletion.delete(sector);
        next.addFlashAttribute(
                "notice", "Sector " + gone.name() + " is deleted. You can restore it below");
        return "redirect:/sites/" + id;
    }

    @PostMapping("/sectors/{sector}/restore")
    String restoreSector(
            @PathVariable UUID id, @PathVariable UUID sector, RedirectAttributes next) {
        sites.get(id);
        Sector back = sectorDeletion.restore(sector);
        next.addFlashAttribute("notice", "Sector " + back.name() + " is back");
        return "redirect:/sites/" + id;
    }
}
