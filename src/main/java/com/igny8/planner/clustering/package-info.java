/**
 * Groups keywords that one page can answer. Pure computation: no database, no framework.
 *
 * <p>Read in this order: {@link com.igny8.planner.clustering.Clusterer} (what happens, step by
 * step), DistinctKeywords, SimilaritySpace (how alike two keywords are), NearestNeighbours,
 * KeywordGraph, Communities, Resolution and Separation (how many clusters there are), Settling (who
 * is in none), ClusterNames.
 */
@org.jspecify.annotations.NullMarked
package com.igny8.planner.clustering;
