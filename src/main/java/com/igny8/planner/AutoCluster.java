package com.igny8.planner;

import com.igny8.ai.AiEngine;
import com.igny8.ai.AiOperation;
import com.igny8.ai.Embeddings;
import com.igny8.catalog.Operation;
import com.igny8.jobs.Job;
import com.igny8.jobs.JobHandler;
import com.igny8.jobs.JobRun;
import com.igny8.jobs.Jobs;
import com.igny8.kernel.Problem;
import com.igny8.planner.clustering.Clusterer;
import com.igny8.planner.clustering.Clustering;
import com.igny8.planner.clustering.EmbeddedKeyword;
import com.igny8.site.Sites;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Groups the keywords of a site by what they mean, in this process, with the built-in model. */
@Component
class AutoCluster implements AiOperation {
    private static final String JOB_TYPE = "auto_cluster";

    /** Where the parts of the work lie on the way from 0 to 100. */
    private static final int READ = 2;

    private static final int EMBEDDED = 85;
    private static final int CLUSTERED = 98;

    private final AiEngine engine;
    private final Jobs jobs;
    private final Sites sites;
    private final ClusterBook book;
    private final Embeddings embeddings;
    private final JsonMapper json;
    private final Clusterer clusterer = new Clusterer();

    AutoCluster(
            AiEngine engine,
            Jobs jobs,
            Sites sites,
            ClusterBook book,
            Embeddings embeddings,
            JsonMapper json) {
        this.engine = engine;
        this.jobs = jobs;
        this.sites = sites;
        this.book = book;
        this.embeddings = embeddings;
        this.json = json;
    }

    /**
     * What a job is to cluster.
     *
     * @param keywordIds these keywords; all of the site where null
     */
    record Scope(UUID siteId, @Nullable List<UUID> keywordIds) {}

    /** What came out. */
    record Result(int keywords, int clusters, int clustered, int unclustered) {}

    /** Sets it going on a site, for the credits it will cost. */
    AiEngine.Started start(UUID siteId, @Nullable List<UUID> keywordIds) {
        sites.getForEditing(siteId);
        Scope scope = new Scope(siteId, keywordIds);
        int count = book.count(scope);
        if (keywordIds != null && count < keywordIds.stream().distinct().count()) {
            throw Problem.notFound("Keyword");
        }
        if (count == 0) {
            throw nothingToCluster();
        }
        return engine.start(this, new AiEngine.Request(siteId, scope, count, exclusive(siteId)));
    }

    private static Problem nothingToCluster() {
        return Problem.invalid("site", "There are no keywords to cluster: import some first");
    }

    /** What clustering so many keywords costs now, in credits. */
    long estimate(long keywords) {
        return engine.estimate(this, keywords);
    }

    /** The last clustering of a site, under way or ended. */
    Optional<Job> latest(UUID siteId) {
        sites.get(siteId);
        return jobs.latest(exclusive(siteId));
    }

    private static String exclusive(UUID siteId) {
        return JOB_TYPE + ":" + siteId;
    }

    @Override
    public String jobType() {
        return JOB_TYPE;
    }

    @Override
    public Operation operation() {
        return Operation.CLUSTERING;
    }

    @Override
    public Provider provider() {
        return new Provider("offline", "all-minilm-l6-v2-q");
    }

    @Override
    public void requireAllowed(Job job) {
        sites.getForEditing(scope(job).siteId());
    }

    private Scope scope(Job job) {
        return json.treeToValue(job.payload(), Scope.class);
    }

    @Override
    public Work perform(JobRun run) throws InterruptedException {
        Scope scope = scope(run.job());
        sites.getForEditing(scope.siteId()); // Who asked may have lost the site meanwhile
        run.progress(0, "Reading keywords");
        List<ClusterBook.Line> lines = book.read(scope);
        if (lines.isEmpty()) {
            throw nothingToCluster(); // Somebody placed the last ones by hand meanwhile
        }
        engine.requireCredits(this, run.job(), lines.size());
        run.progress(READ, "Understanding %,d keywords".formatted(lines.size()));
        List<float[]> vectors =
                embeddings.embed(
                        lines.stream().map(ClusterBook.Line::keyword).toList(),
                        (done, total) ->
                                run.progress(
                                        READ + (EMBEDDED - READ) * done / Math.max(1, total),
                                        "Understood %,d of %,d keywords".formatted(done, total)));
        run.progress(EMBEDDED, "Finding groups");
        Clustering clustering = clusterer.cluster(embedded(lines, vectors));
        run.progress(CLUSTERED, "Saving %,d clusters".formatted(clustering.clusters().size()));
        return new Work() {
            @Override
            public long quantity() {
                return lines.size();
            }

            @Override
            public Object store() {
                book.store(scope.siteId(), lines, clustering);
                int unclustered = clustering.unclustered().size();
                return new Result(
                        lines.size(),
                        clustering.clusters().size(),
                        lines.size() - unclustered,
                        unclustered);
            }
        };
    }

    private static List<EmbeddedKeyword> embedded(
            List<ClusterBook.Line> lines, List<float[]> vectors) {
        List<EmbeddedKeyword> embedded = new ArrayList<>(lines.size());
        for (int number = 0; number < lines.size(); number++) {
            ClusterBook.Line line = lines.get(number);
            embedded.add(
                    new EmbeddedKeyword(
                            line.keyword(), vectors.get(number), line.volume(), line.serpUrls()));
        }
        return embedded;
    }

    /** Its jobs go through the engine. */
    @Bean
    static JobHandler autoClusterJobs(AiEngine engine, AutoCluster autoCluster) {
        return engine.handler(autoCluster);
    }
}
