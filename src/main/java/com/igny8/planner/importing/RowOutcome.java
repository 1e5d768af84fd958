package com.igny8.planner.importing;

import java.util.List;

/** What a line of data turned out to be. */
sealed interface RowOutcome {
    record Valid(KeywordRow row) implements RowOutcome {}

    /** At least one error; every field at fault is named. */
    record Invalid(List<InvalidRow> errors) implements RowOutcome {}
}
