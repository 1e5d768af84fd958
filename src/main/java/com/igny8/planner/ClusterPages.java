package com.igny8.planner;

import com.igny8.http.Throttle;
import com.igny8.http.Throttled;
import com.igny8.jobs.Job;
import com.igny8.jobs.Jobs;
import com.igny8.kernel.IfMatch;
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

import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A site's clusters, for people: set clustering going, watch it, read what came out. */
@Controller
@RequestMapping("/sites/{id}/clusters")
class ClusterPages {
    /** More areas than this cannot be told apart in a chart. */
    private static final int CHARTED = 30;

    private final Sites sites;
    private final Keywords keywords;
    private final Clusters clusters;
    private final AutoCluster autoCluster;
    private final Removal removal;
    private final Jobs jobs;
    private final JsonMapper json;

    ClusterPages(
            Sites sites,
            Keywords keywords,
            Clusters clusters,
            AutoCluster autoCluster,
            Removal removal,
            Jobs jobs,
            JsonMapper json) {
        this.sites = sites;
        this.keywords = keywords;
        this.clusters = clusters;
        this.autoCluster = autoCluster;
        this.removal = removal;
        this.jobs = jobs;
        this.json = json;
    }

    /** An area of the chart. */
    record Area(String name, long value) {}

    @GetMapping
    String list(@PathVariable UUID id, PageRequest page, Model model) {
        return show(id, page, null, model);
    }

    private String show(UUID id, PageRequest page, @Nullable Problem problem, Model model) {
        Keywords.Counts counts = keywords.counts(id);
        Optional<Job> latest = autoCluster.latest(id);
        model.addAttribute("site", sites.get(id));
        model.addAttribute("counts", counts);
        model.addAttribute("clusters", clusters.list(id, page));
        model.addAttribute("search", page.search());
        model.addAttribute("cost", autoCluster.estimate(counts.clusterable()));
        model.addAttribute("mayEdit", Tenancy.caller().role().isAtLeast(Role.EDITOR));
        model.addAttribute("running", latest.filter(job -> !job.status().isFinal()).orElse(null));
        model.addAttribute(
                "failed", latest.filter(job -> job.status() == Job.Status.FAILED).orElse(null));
        model.addAttribute(
                "isCancelled",
                latest.stream().anyMatch(job -> job.status() == Job.Status.CANCELLED));
        model.addAttribute("problem", problem);
        addChart(id, counts, model);
        return "planner/clusters";
    }

    /** By searches where any are known, else by keywords. */
    private void addChart(UUID id, Keywords.Counts counts, Model model) {
        boolean byVolume = counts.volume() > 0;
        List<Area> areas =
                clusters.list(id, new PageRequest(1, CHARTED, null)).rows().stream()
                        .map(
                                cluster ->
                                        new Area(
                                                cluster.name(),
                                                byVolume
                                                        ? cluster.totalVolume()
                                                        : cluster.keywordCount()))
                        .filter(area -> area.value() > 0)
                        .toList();
        model.addAttribute("chart", areas.isEmpty() ? null : json.writeValueAsString(areas));
        model.addAttribute("charted", areas.size());
        model.addAttribute("chartUnit", byVolume ? "searches a month" : "keywords");
    }

    @Throttled(Throttle.Scope.AI)
    @PostMapping
    String start(@PathVariable UUID id, Model model, HttpServletResponse response) {
        try {
            autoCluster.start(id, null);
            return "redirect:/sites/" + id + "/clusters";
        } catch (Problem problem) {
            if (problem.status() == HttpServletResponse.SC_NOT_FOUND) {
                throw problem;
            }
            response.setStatus(problem.status());
            return show(id, PageRequest.first(), problem, model);
        }
    }

    @PostMapping("/cancel")
    String cancel(@PathVariable UUID id) {
        sites.getForEditing(id);
        autoCluster.latest(id).ifPresent(job -> jobs.cancel(job.id()));
        return "redirect:/sites/" + id + "/clusters";
    }

    @PostMapping("/{cluster}/delete")
    String delete(@PathVariable UUID id, @PathVariable UUID cluster, RedirectAttributes next) {
        Cluster gone = requireOn(id, cluster);
        removal.deleteClusters(List.of(cluster));
        next.addFlashAttribute(
                "notice", gone.name() + " is deleted. Its keywords are in no cluster now");
        return "redirect:/sites/" + id + "/clusters";
    }

    @GetMapping("/{cluster}")
    String cluster(
            @PathVariable UUID id, @PathVariable UUID cluster, PageRequest page, Model model) {
        return showCluster(id, cluster, page, null, model);
    }

    private String showCluster(
            UUID id, UUID clusterId, PageRequest page, @Nullable Problem problem, Model model) {
        Cluster cluster = requireOn(id, clusterId);
        model.addAttribute("site", sites.get(id));
        model.addAttribute("cluster", cluster);
        model.addAttribute(
                "keywords",
                keywords.list(Keyword.Filter.of(id, null, clusterId, null, null), page));
        model.addAttribute("problem", problem);
        model.addAttribute("mayEdit", Tenancy.caller().role().isAtLeast(Role.EDITOR));
        return "planner/cluster";
    }

    private Cluster requireOn(UUID siteId, UUID clusterId) {
        Cluster cluster = clusters.get(clusterId);
        if (!cluster.siteId().equals(siteId)) {
            throw Problem.notFound("Cluster");
        }
        return cluster;
    }

    @PostMapping("/{cluster}")
    String rename(
            @PathVariable UUID id,
            @PathVariable UUID cluster,
            @RequestParam String name,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        requireOn(id, cluster);
        try {
            clusters.rename(cluster, name, IfMatch.ANYTHING);
            next.addFlashAttribute("notice", "Cluster renamed");
            return "redirect:/sites/" + id + "/clusters/" + cluster;
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return showCluster(id, cluster, PageRequest.first(), problem, model);
        }
    }
}
