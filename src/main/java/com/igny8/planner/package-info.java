/** Keywords, their clusters, and what to write about them. */
@org.jspecify.annotations.NullMarked
package com.igny8.planner;
