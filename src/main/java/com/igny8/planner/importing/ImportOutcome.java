package com.igny8.planner.importing;

/** What reading a file came to: counts, or the question which column holds the keywords. */
public sealed interface ImportOutcome permits ImportReport, MappingNeeded {}
