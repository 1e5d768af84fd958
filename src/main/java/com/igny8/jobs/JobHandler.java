package com.igny8.jobs;

/** Does the work of one type of job. Each kind of long work in the product is one. */
public interface JobHandler {
    String type();

    /**
     * Throws where the bound caller may not have this done, or not any more: asked at the beginning
     * and at every step. Whoever passes the gate may, unless the handler knows better.
     */
    default void requireAllowed(Job job) {}

    /**
     * The long part, outside any transaction, on the job's account. May be begun again after a
     * crash, so it must not leave anything behind.
     *
     * @return what is left to do, in the one transaction that ends the job
     * @throws InterruptedException where the worker is stopped; another takes the job up again
     */
    Completion run(JobRun run) throws InterruptedException;

    /**
     * Undoes what was prepared for a job that will not succeed, in the transaction that ends it.
     */
    void giveUp(Job job);

    /** Stores what came out; runs in the transaction that marks the job as succeeded. */
    interface Completion {
        Outcome complete();
    }

    /**
     * What a job came to.
     *
     * @param result for whoever asks; becomes JSON
     */
    record Outcome(Object result, long creditsCharged) {}
}
