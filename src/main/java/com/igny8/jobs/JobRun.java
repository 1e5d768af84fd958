package com.igny8.jobs;

/** One attempt at a job, as its handler sees it. */
public interface JobRun {
    Job job();

    /**
     * Tells how far it is, and ends the attempt if somebody cancelled the job or took it over, or
     * if whoever asked for it may not have it done any more.
     *
     * @param progress 0 to 100
     * @param step what is being done, for people
     */
    void progress(int progress, String step);
}
