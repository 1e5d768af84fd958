package com.igny8.site;

import static java.util.stream.Collectors.toMap;

import com.igny8.http.Form;
import com.igny8.identity.ApiKey;
import com.igny8.identity.ApiKeys;
import com.igny8.kernel.PageRequest;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Scope;
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

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The keys that programs reach a site with, for people. */
@Controller
@RequestMapping("/account/keys")
class ApiKeyPages {
    private static final String[] FIELDS = {"name", "site", "scopes", "expires_at"};

    /** Offered when a key is rotated, by hours. */
    private static final Map<Integer, String> OVERLAPS = overlaps();

    private final ApiKeys apiKeys;
    private final Sites sites;
    private final Clock clock;

    ApiKeyPages(ApiKeys apiKeys, Sites sites, Clock clock) {
        this.apiKeys = apiKeys;
        this.sites = sites;
        this.clock = clock;
    }

    private static Map<Integer, String> overlaps() {
        Map<Integer, String> overlaps = new LinkedHashMap<>();
        overlaps.put(24, "One day");
        overlaps.put(72, "Three days");
        overlaps.put(168, "A week");
        overlaps.put(0, "Not at all: it may have leaked");
        return overlaps;
    }

    /** Those whose doors are open by now. */
    private static final List<Scope> CHOICES =
            List.of(
                    Scope.SITES_READ,
                    Scope.KEYWORDS_READ,
                    Scope.KEYWORDS_WRITE,
                    Scope.CLUSTERS_READ,
                    Scope.CLUSTERS_WRITE,
                    Scope.JOBS_READ,
                    Scope.CREDITS_READ,
                    Scope.CREDITS_WRITE);

    @GetMapping
    String list(Model model) {
        Tenancy.caller().require(Role.ADMIN);
        model.addAttribute("keys", apiKeys.list());
        model.addAttribute("sites", siteNames());
        model.addAttribute("now", clock.instant());
        return "site/keys";
    }

    private Map<UUID, String> siteNames() {
        return sites.list(new PageRequest(1, PageRequest.MAX_SIZE, null)).rows().stream()
                .collect(toMap(Site::id, Site::name, (one, other) -> one, LinkedHashMap::new));
    }

    @GetMapping("/new")
    String newKey(Model model) {
        return showNew(Form.blank(FIELDS), List.of(), model);
    }

    private String showNew(Form form, List<String> scopes, Model model) {
        Tenancy.caller().require(Role.ADMIN);
        model.addAttribute("form", form);
        model.addAttribute("chosen", scopes);
        model.addAttribute("choices", CHOICES);
        model.addAttribute("sites", siteNames());
        return "site/key-new";
    }

    @PostMapping
    String create(
            @RequestParam Map<String, String> sent,
            @RequestParam(name = "scopes", defaultValue = "") List<String> scopes,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Tenancy.caller().require(Role.ADMIN);
        Form form = Form.sent(sent, FIELDS);
        try {
            ApiKey.Issued issued =
                    apiKeys.create(
                            ApiKey.Draft.of(
                                    form.value("name"),
                                    site(form.value("site")),
                                    scopes,
                                    endOf(form.value("expires_at")),
                                    clock.instant()));
            return shown(issued, next);
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return showNew(form.refused(problem), scopes, model);
        }
    }

    private @Nullable UUID site(String id) {
        try {
            return sites.get(UUID.fromString(id)).id();
        } catch (IllegalArgumentException notAnId) {
            return null;
        }
    }

    /** The end of the day that was chosen, in UTC; nothing where none was. */
    private static @Nullable Instant endOf(String day) {
        try {
            return day.isBlank()
                    ? null
                    : LocalDate.parse(day).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException notADay) {
            throw Problem.invalid("expires_at", "Enter a day such as 2027-01-31");
        }
    }

    /** On the page that comes next, and on no other. */
    private static String shown(ApiKey.Issued issued, RedirectAttributes next) {
        next.addFlashAttribute("newKey", issued.text());
        return "redirect:/account/keys/" + issued.key().id();
    }

    @GetMapping("/{id}")
    String key(@PathVariable String id, Model model) {
        return show(id, Form.blank("overlap_hours", "sure"), model);
    }

    private String show(String id, Form form, Model model) {
        ApiKey key = apiKeys.get(id);
        model.addAttribute("key", key);
        model.addAttribute("siteName", siteNames().get(key.siteId()));
        model.addAttribute("now", clock.instant());
        model.addAttribute("overlaps", OVERLAPS);
        model.addAttribute("form", form);
        return "site/key";
    }

    @PostMapping("/{id}/rotate")
    String rotate(
            @PathVariable String id,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "overlap_hours", "sure");
        try {
            if (form.value("overlap_hours").isBlank()) {
                throw Problem.invalid("overlap_hours", "Say how long the old key stays good");
            }
            return shown(apiKeys.rotate(id, Duration.ofHours(form.number("overlap_hours"))), next);
        } catch (Problem problem) {
            return refused(id, form, problem, model, response);
        }
    }

    @PostMapping("/{id}/revoke")
    String revoke(
            @PathVariable String id,
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, "overlap_hours", "sure");
        try {
            if (form.value("sure").isBlank()) {
                throw Problem.invalid("sure", "Tick the box if you are sure");
            }
            ApiKey revoked = apiKeys.revoke(id);
            next.addFlashAttribute("notice", "The key " + revoked.name() + " is revoked");
            return "redirect:/account/keys";
        } catch (Problem problem) {
            return refused(id, form, problem, model, response);
        }
    }

    private String refused(
            String id, Form form, Problem problem, Model model, HttpServletResponse response) {
        if (problem.status() == HttpServletResponse.SC_NOT_FOUND) {
            throw problem;
        }
        response.setStatus(problem.status());
        return show(id, form.refused(problem), model);
    }
}
