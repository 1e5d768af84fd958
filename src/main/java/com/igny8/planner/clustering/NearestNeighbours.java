package com.igny8.planner.clustering;

import java.util.Arrays;

/**
 * For every keyword those most like it.
 *
 * <p>Up to {@link #EXACT_LIMIT} keywords every pair is compared. Beyond, the space is divided into
 * cells around centres and only the {@link #PROBED_CELLS} cells nearest to a keyword are searched:
 * the work grows with n·√n instead of n².
 *
 * @param ids for every keyword its neighbours, most similar first; equal similarity: lower id first
 * @param similarities of those neighbours
 */
@SuppressWarnings("ArrayRecordComponent") // stays inside the package, nobody writes to it
record NearestNeighbours(int[][] ids, float[][] similarities) {
    static final int EXACT_LIMIT = 4_096;
    private static final int EXACT_CELL_SIZE = 128;
    private static final int PROBED_CELLS = 24;
    private static final int CENTRE_ROUNDS = 4;
    private static final int KEYWORDS_PER_CENTRE_IN_SAMPLE = 24;
    private static final int BLOCK = 256;

    static NearestNeighbours find(SimilaritySpace space, int neighbours, Workers workers)
            throws InterruptedException {
        int count = Math.min(neighbours, space.size() - 1);
        return space.size() <= EXACT_LIMIT
                ? search(space, count, consecutiveCells(space.size()), null, workers)
                : searchNearestCells(space, count, workers);
    }

    private static int[][] consecutiveCells(int size) {
        int[][] cells = new int[Math.ceilDiv(size, EXACT_CELL_SIZE)][];
        for (int cell = 0; cell < cells.length; cell++) {
            int from = cell * EXACT_CELL_SIZE;
            cells[cell] =
                    java.util.stream.IntStream.range(from, Math.min(size, from + EXACT_CELL_SIZE))
                            .toArray();
        }
        return cells;
    }

    private static NearestNeighbours searchNearestCells(
            SimilaritySpace space, int count, Workers workers) throws InterruptedException {
        Tile centres = centres(space, (int) (2 * Math.sqrt(space.size())), workers);
        int probed = Math.min(PROBED_CELLS, centres.size());
        int[][] cellsOf = nearestCentres(space, everyKeyword(space), centres, probed, workers);
        int[] sizes = new int[centres.size()];
        for (int[] cells : cellsOf) {
            sizes[cells[0]]++;
        }
        int[][] cells = new int[centres.size()][];
        Arrays.setAll(cells, cell -> new int[sizes[cell]]);
        for (int keyword = space.size() - 1; keyword >= 0; keyword--) {
            int cell = cellsOf[keyword][0];
            cells[cell][--sizes[cell]] = keyword;
        }
        return search(space, count, cells, cellsOf, workers);
    }

    /** Centres of a few rounds of k-means over an evenly spread sample. */
    private static Tile centres(SimilaritySpace space, int count, Workers workers)
            throws InterruptedException {
        int sampleSize = Math.min(space.size(), count * KEYWORDS_PER_CENTRE_IN_SAMPLE);
        int[] sample = spread(space.size(), sampleSize);
        float[][] centres = new float[count][];
        Arrays.setAll(
                centres,
                centre -> space.point(sample[(int) ((long) centre * sampleSize / count)]).clone());
        Tile tile = new Tile(centres);
        for (int round = 0; round < CENTRE_ROUNDS; round++) {
            int[][] nearest = nearestCentres(space, sample, tile, 1, workers);
            float[][] sums = new float[count][space.dimensions()];
            int[] sizes = new int[count];
            for (int position = 0; position < sampleSize; position++) {
                int centre = nearest[position][0];
                Sums.add(sums[centre], space.point(sample[position]));
                sizes[centre]++;
            }
            for (int centre = 0; centre < count; centre++) {
                if (sizes[centre] > 0) {
                    centres[centre] = sums[centre];
                    Sums.scaleToLengthOne(centres[centre]);
                }
            }
            tile = new Tile(centres);
        }
        return tile;
    }

    private static int[] spread(int size, int sampleSize) {
        int[] sample = new int[sampleSize];
        Arrays.setAll(sample, position -> (int) ((long) position * size / sampleSize));
        return sample;
    }

    private static int[] everyKeyword(SimilaritySpace space) {
        return spread(space.size(), space.size());
    }

    private static int[][] nearestCentres(
            SimilaritySpace space, int[] keywords, Tile centres, int count, Workers workers)
            throws InterruptedException {
        int[][] nearest = new int[keywords.length][];
        workers.each(
                Math.ceilDiv(keywords.length, BLOCK),
                block -> {
                    float[] products = new float[centres.size()];
                    int end = Math.min(keywords.length, (block + 1) * BLOCK);
                    for (int position = block * BLOCK; position < end; position++) {
                        centres.multiply(space.probe(keywords[position]), products);
                        Closest closest = new Closest(count);
                        for (int centre = 0; centre < products.length; centre++) {
                            closest.offer(centre, products[centre]);
                        }
                        nearest[position] = closest.ids();
                    }
                });
        return nearest;
    }

    /** Searches, for every keyword, the cells named for it, or all if none are named. */
    private static NearestNeighbours search(
            SimilaritySpace space,
            int count,
            int[][] cells,
            int @org.jspecify.annotations.Nullable [][] cellsOf,
            Workers workers)
            throws InterruptedException {
        Tile[] tiles = new Tile[cells.length];
        workers.each(
                cells.length,
                cell ->
                        tiles[cell] =
                                new Tile(
                                        Arrays.stream(cells[cell])
                                                .mapToObj(space::point)
                                                .toArray(float[][]::new)));
        int[] allCells = spread(cells.length, cells.length);
        int largest = Arrays.stream(cells).mapToInt(cell -> cell.length).max().orElse(0);
        NearestNeighbours found =
                new NearestNeighbours(new int[space.size()][], new float[space.size()][]);
        // By home cell, as keywords of one cell search nearly the same cells: they stay in cache
        workers.each(
                cells.length,
                home -> {
                    float[] products = new float[largest];
                    for (int keyword : cells[home]) {
                        Closest closest = new Closest(count);
                        for (int cell : cellsOf == null ? allCells : cellsOf[keyword]) {
                            tiles[cell].multiply(space.probe(keyword), products);
                            for (int position = 0; position < cells[cell].length; position++) {
                                if (cells[cell][position] != keyword) {
                                    closest.offer(cells[cell][position], products[position]);
                                }
                            }
                        }
                        found.ids[keyword] = closest.ids();
                        found.similarities[keyword] = closest.similarities();
                    }
                });
        return found;
    }
}
