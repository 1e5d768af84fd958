package com.igny8.console;

import com.igny8.catalog.Feature;
import com.igny8.catalog.Plan;
import com.igny8.catalog.PlanEditing;
import com.igny8.http.Form;
import com.igny8.http.Typed;
import com.igny8.kernel.EntityTag;
import com.igny8.kernel.FieldErrors;
import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.Map;
import java.util.Set;

/** Plans in the operator's console. */
@Controller
@RequestMapping("/console/plans")
@Ungated(Ungated.To.EVERYBODY)
class ConsolePlanPages {
    private static final String[] SHEET = {"name", "is_public", "is_active", "position"};

    private final PlanFiles files;
    private final PlanEditing editing;

    ConsolePlanPages(PlanFiles files, PlanEditing editing) {
        this.files = files;
        this.editing = editing;
    }

    @ModelAttribute("features")
    Feature[] features() {
        return Feature.values();
    }

    @GetMapping
    String plans(Model model) {
        model.addAttribute("files", files.all());
        return "console/plans";
    }

    @GetMapping("/{slug}")
    String plan(@PathVariable String slug, Model model) {
        Plan plan = editing.get(slug);
        Form form =
                Form.sent(
                        Map.of(
                                "name",
                                plan.name(),
                                "is_public",
                                plan.isPublic() ? "true" : "",
                                "is_active",
                                plan.isActive() ? "true" : "",
                                "position",
                                Integer.toString(plan.position())),
                        SHEET);
        return show(plan, form, model);
    }

    private String show(Plan plan, Form form, Model model) {
        model.addAttribute("file", files.of(plan));
        model.addAttribute("form", form);
        return "console/plan";
    }

    @PostMapping("/{slug}")
    String change(
            @PathVariable String slug,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Plan plan = editing.get(slug);
        Form form = Form.sent(sent, SHEET);
        try {
            editing.change(slug, sheet(form), IfMatch.ANYTHING);
            next.addFlashAttribute("notice", "Plan saved");
            return "redirect:/console/plans/" + slug;
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return show(plan, form.refused(problem), model);
        }
    }

    private static PlanEditing.Sheet sheet(Form form) {
        Typed typed = new Typed(form);
        int position = typed.count("position");
        typed.requireAll();
        return new PlanEditing.Sheet(
                form.value("name"),
                typed.isTicked("is_public"),
                typed.isTicked("is_active"),
                position);
    }

    @GetMapping("/{slug}/version")
    String terms(@PathVariable String slug, Model model) {
        Plan plan = editing.get(slug);
        return showTerms(plan, TermsForm.of(plan), model);
    }

    private static String showTerms(Plan plan, TermsForm terms, Model model) {
        model.addAttribute("plan", plan);
        model.addAttribute("seen", EntityTag.of(plan));
        model.addAttribute("form", terms.form());
        return "console/plan-terms";
    }

    @PostMapping("/{slug}/version")
    String addVersion(
            @PathVariable String slug,
            @RequestParam Map<String, String> sent,
            @RequestParam(defaultValue = "") Set<String> features,
            @RequestParam(defaultValue = "") String seen,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Plan plan = editing.get(slug);
        TermsForm form = TermsForm.sent(sent, features);
        try {
            Plan added =
                    editing.addVersion(
                            slug,
                            form.terms(),
                            seen.isEmpty() ? IfMatch.ANYTHING : new IfMatch(Set.of(seen)));
            next.addFlashAttribute(
                    "notice",
                    "Version %d is there: new subscribers get it".formatted(added.version()));
            return "redirect:/console/plans/" + slug;
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return showTerms(plan, form.refused(problem), model);
        }
    }

    @GetMapping("/new")
    String blank(Model model) {
        return showNew(TermsForm.blank(), model);
    }

    private static String showNew(TermsForm terms, Model model) {
        model.addAttribute("form", terms.form());
        return "console/plan-new";
    }

    @PostMapping("/new")
    String create(
            @RequestParam Map<String, String> sent,
            @RequestParam(defaultValue = "") Set<String> features,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        TermsForm form = TermsForm.sent(sent, features);
        try {
            new FieldErrors().collect(form::sheet).collect(form::terms).throwIfAny();
            String slug = form.form().value("slug").strip();
            Plan plan = editing.create(slug.isEmpty() ? null : slug, form.sheet(), form.terms());
            next.addFlashAttribute("notice", plan.name() + " is there");
            return "redirect:/console/plans/" + plan.slug();
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return showNew(form.refused(problem), model);
        }
    }
}
