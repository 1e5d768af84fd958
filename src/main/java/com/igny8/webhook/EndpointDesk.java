package com.igny8.webhook;

import com.igny8.http.Form;
import com.igny8.kernel.IfMatch;
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

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Endpoints, for people: a customer's and the operator's are looked after alike. */
abstract class EndpointDesk {
    private static final String[] FIELDS = {"url", "description", "event_types"};
    private static final String[] ACTS = {"overlap_hours", "sure"};

    private final Endpoints endpoints;
    private final Deliveries deliveries;
    private final JsonMapper json;
    private final Clock clock;

    EndpointDesk(Endpoints endpoints, Deliveries deliveries, JsonMapper json, Clock clock) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.json = json;
        this.clock = clock;
    }

    /** Where these pages are. */
    @ModelAttribute("base")
    abstract String base();

    /** Whether these are the operator's. */
    @ModelAttribute("isStaff")
    abstract boolean isStaff();

    private String to(Endpoint endpoint) {
        return "redirect:" + base() + "/" + endpoint.id();
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("endpoints", endpoints.all());
        return "webhook/endpoints";
    }

    @GetMapping("/new")
    String newEndpoint(Model model) {
        return showForm(Form.blank(FIELDS), List.of(), model);
    }

    private String showForm(Form form, List<String> types, Model model) {
        Tenancy.caller().require(Role.ADMIN);
        model.addAttribute("form", form);
        model.addAttribute("chosen", types);
        model.addAttribute("choices", EventType.choices());
        return "webhook/endpoint-form";
    }

    @PostMapping
    String create(
            @RequestParam Map<String, String> sent,
            @RequestParam(name = "event_types", defaultValue = "") List<String> types,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, FIELDS);
        try {
            return shown(
                    endpoints.create(form.value("url"), form.value("description"), types), next);
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return showForm(form.refused(problem), types, model);
        }
    }

    /** On the page that comes next, and on no other. */
    private String shown(Endpoint.Issued issued, RedirectAttributes next) {
        next.addFlashAttribute("newSecret", issued.secret().text());
        return to(issued.endpoint());
    }

    @GetMapping("/{id}")
    String endpoint(@PathVariable UUID id, PageRequest page, Model model) {
        return show(id, Form.blank(ACTS), page, model);
    }

    private String show(UUID id, Form form, PageRequest page, Model model) {
        Endpoint endpoint = endpoints.get(id);
        model.addAttribute("endpoint", endpoint);
        model.addAttribute("deliveries", deliveries.page(new Deliveries.Filter(id, null), page));
        model.addAttribute("overlaps", overlaps());
        model.addAttribute("now", clock.instant());
        model.addAttribute("form", form);
        return "webhook/endpoint";
    }

    /** Offered when a secret is rotated, by hours. */
    private static Map<Integer, String> overlaps() {
        Map<Integer, String> overlaps = new LinkedHashMap<>();
        overlaps.put(24, "For a day");
        overlaps.put(168, "For a week");
        overlaps.put(0, "No longer: it may have leaked");
        return overlaps;
    }

    @GetMapping("/{id}/edit")
    String edit(@PathVariable UUID id, Model model) {
        Endpoint endpoint = endpoints.get(id);
        Endpoint.Settings settings = endpoint.settings();
        model.addAttribute("endpoint", endpoint);
        Map<String, String> present =
                Map.of("url", settings.url().toString(), "description", settings.description());
        return showForm(Form.sent(present, FIELDS), settings.typeKeys(), model);
    }

    @PostMapping("/{id}/edit")
    String edit(
            @PathVariable UUID id,
            @RequestParam Map<String, String> sent,
            @RequestParam(name = "event_types", defaultValue = "") List<String> types,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Endpoint before = endpoints.get(id);
        Form form = Form.sent(sent, FIELDS);
        try {
            var change =
                    new Endpoint.Change(
                            Optional.of(form.value("url")),
                            Optional.of(form.value("description")),
                            Optional.of(types),
                            Optional.empty());
            Endpoint after = endpoints.change(id, change, IfMatch.ANYTHING);
            next.addFlashAttribute("notice", "Saved");
            return to(after);
        } catch (Problem problem) {
            response.setStatus(problem.status());
            model.addAttribute("endpoint", before);
            return showForm(form.refused(problem), types, model);
        }
    }

    @PostMapping("/{id}/pause")
    String pause(@PathVariable UUID id, RedirectAttributes next) {
        next.addFlashAttribute("notice", "Paused: nothing is sent until you let it go on");
        return to(pause(id, true));
    }

    @PostMapping("/{id}/resume")
    String resume(@PathVariable UUID id, RedirectAttributes next) {
        next.addFlashAttribute("notice", "It goes on, with what waits first");
        return to(pause(id, false));
    }

    private Endpoint pause(UUID id, boolean isPaused) {
        var change =
                new Endpoint.Change(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(isPaused));
        return endpoints.change(id, change, IfMatch.ANYTHING);
    }

    @PostMapping("/{id}/test")
    String test(
            @PathVariable UUID id,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            Delivery delivery = deliveries.ping(id);
            next.addFlashAttribute("notice", "A test is on its way");
            return "redirect:" + base() + "/deliveries/" + delivery.id();
        } catch (Problem problem) {
            return refused(id, Form.blank(ACTS), problem, model, response);
        }
    }

    @PostMapping("/{id}/rotate")
    String rotate(
            @PathVariable UUID id,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, ACTS);
        try {
            if (form.value("overlap_hours").isBlank()) {
                throw Problem.invalid("overlap_hours", "Say how long the old secret is to sign");
            }
            return shown(
                    endpoints.rotate(id, Duration.ofHours(form.number("overlap_hours"))), next);
        } catch (Problem problem) {
            return refused(id, form, problem, model, response);
        }
    }

    @PostMapping("/{id}/delete")
    String delete(
            @PathVariable UUID id,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, ACTS);
        try {
            if (form.value("sure").isBlank()) {
                throw Problem.invalid("sure", "Tick the box if you are sure");
            }
            endpoints.delete(id);
            next.addFlashAttribute("notice", "The endpoint is deleted");
            return "redirect:" + base();
        } catch (Problem problem) {
            return refused(id, form, problem, model, response);
        }
    }

    private String refused(
            UUID id, Form form, Problem problem, Model model, HttpServletResponse response) {
        if (problem.status() == HttpServletResponse.SC_NOT_FOUND) {
            throw problem;
        }
        response.setStatus(problem.status());
        return show(id, form.refused(problem), PageRequest.first(), model);
    }

    @GetMapping("/deliveries/{id}")
    String delivery(@PathVariable UUID id, Model model) {
        return showDelivery(id, Form.blank(), model);
    }

    private String showDelivery(UUID id, Form form, Model model) {
        Delivery.History history = deliveries.get(id);
        model.addAttribute("history", history);
        model.addAttribute("body", history.delivery().event().readable(json));
        model.addAttribute("form", form);
        return "webhook/delivery";
    }

    @PostMapping("/deliveries/{id}/resend")
    String resend(
            @PathVariable UUID id,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            deliveries.resend(id);
            next.addFlashAttribute("notice", "It is sent again");
            return "redirect:" + base() + "/deliveries/" + id;
        } catch (Problem problem) {
            if (problem.status() == HttpServletResponse.SC_NOT_FOUND) {
                throw problem;
            }
            response.setStatus(problem.status());
            return showDelivery(id, Form.blank().refused(problem), model);
        }
    }
}
