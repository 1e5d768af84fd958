package com.igny8.jobs;

/** A job succeeded, failed or was cancelled; published in the transaction that ends it. */
public record JobFinished(Job job) {}
