package com.igny8.ai;

import com.igny8.catalog.Feature;
import com.igny8.catalog.Operation;
import com.igny8.jobs.Job;
import com.igny8.jobs.JobRun;

import java.util.Optional;

/**
 * Something that intelligence is bought for. Each one is an implementation; the engine runs all.
 */
public interface AiOperation {
    /** The type of its jobs. */
    String jobType();

    /** What it costs as. */
    Operation operation();

    /** What a plan must include for it; nothing where every plan will do. */
    default Optional<Feature> feature() {
        return Optional.empty();
    }

    /** Who does it, for the record. */
    Provider provider();

    /** Throws where the bound caller may not have it done, or not any more. */
    void requireAllowed(Job job);

    /**
     * Calls the provider and checks what came back; outside any transaction.
     *
     * @throws InterruptedException where the worker is stopped
     */
    Work perform(JobRun run) throws InterruptedException;

    /** A provider and its model. */
    record Provider(String name, String model) {}

    /** What came out, not yet stored. */
    interface Work {
        /** How much was done, in what the operation's unit counts. */
        long quantity();

        /**
         * Stores it, in the transaction that also charges for it.
         *
         * @return the job's result; becomes JSON
         */
        Object store();
    }
}
