package com.igny8.planner.importing;

/**
 * One thing wrong with one row.
 *
 * @param row the line as a spreadsheet counts it, from 1, the header included
 * @param field the field at fault
 * @param error what it must be and what was found, to be read after the field's name: {@code must
 *     be between 0 and 100, found 140}
 */
public record InvalidRow(int row, Field field, String error) {}
