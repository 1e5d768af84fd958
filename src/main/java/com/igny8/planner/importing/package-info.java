/**
 * Reads keyword files as the research tools export them, and plain lists, into keywords.
 *
 * <p>{@link com.igny8.planner.importing.KeywordImport} is the way in. A file is told by what is in
 * it, never by its name; every length and count has a limit; nothing here knows the database.
 */
@NullMarked
package com.igny8.planner.importing;

import org.jspecify.annotations.NullMarked;
