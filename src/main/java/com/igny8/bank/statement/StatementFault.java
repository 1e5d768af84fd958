package com.igny8.bank.statement;

/**
 * What could not be read.
 *
 * @param row where it stands in the file, from 1
 */
public record StatementFault(int row, String field, String error) {}
