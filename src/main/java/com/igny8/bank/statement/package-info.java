/** Reads what banks tell of money that came in; pure, so that any file can be tried on it. */
@NullMarked
package com.igny8.bank.statement;

import org.jspecify.annotations.NullMarked;
