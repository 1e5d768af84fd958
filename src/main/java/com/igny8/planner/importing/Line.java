package com.igny8.planner.importing;

import java.util.List;

/** One line of a table: its number as a spreadsheet shows it, from 1, and its cells as text. */
record Line(int number, List<String> cells) {
    boolean isBlank() {
        return cells.stream().allMatch(String::isBlank);
    }

    /** The text of a column; a line may be shorter than its header. */
    String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }
}
