package com.igny8.ai;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Turns texts into vectors of meaning, in this process. The same text always gets the same vector,
 * whatever it is embedded with. The model is loaded when it is first needed. Safe for use by
 * several threads; all share the same few workers, so that they do not starve the rest of the
 * machine.
 */
@Component
public class Embeddings implements AutoCloseable {
    public static final int DIMENSIONS = SentenceModel.DIMENSIONS;

    /** Characters of a text that are read; what follows is ignored. */
    public static final int MAX_CHARACTERS = 1_000;

    /** Between two batches progress is told and an interrupt is heeded: about every 50 ms. */
    private static final int BATCH = 32;

    private final ExecutorService workers;
    private final int batchesAhead;
    private volatile @Nullable SentenceModel model;

    /** Uses all processors. */
    @Autowired
    public Embeddings() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /**
     * @param threads how many to use, at least 1
     */
    public Embeddings(int threads) {
        this.batchesAhead = 2 * threads;
        this.workers =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().name("embeddings-", 0).daemon().factory());
    }

    /** Hears how far the work is; called by the thread that asked for it. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param done texts embedded so far, repetitions included
         * @param total texts to embed
         */
        void at(int done, int total);
    }

    /**
     * Embeds texts, each different one once.
     *
     * @return for every text, in order, a vector of {@value #DIMENSIONS} numbers and length 1;
     *     equal texts share one, so do not change it
     * @throws InterruptedException if the calling thread is interrupted; nothing keeps running
     */
    public List<float[]> embed(List<String> texts, Progress progress) throws InterruptedException {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        int[] numberOf = new int[texts.size()];
        Arrays.setAll(
                numberOf,
                position -> {
                    Integer next = numbers.size();
                    Integer known = numbers.putIfAbsent(normalize(texts.get(position)), next);
                    return known == null ? next : known;
                });
        int[] repetitions = new int[numbers.size()];
        for (int number : numberOf) {
            repetitions[number]++;
        }
        List<float[]> vectors = embedDistinct(List.copyOf(numbers.keySet()), repetitions, progress);
        return Arrays.stream(numberOf).mapToObj(vectors::get).toList();
    }

    /** Keeps only a few batches waiting, so that several callers take turns. */
    private List<float[]> embedDistinct(List<String> texts, int[] repetitions, Progress progress)
            throws InterruptedException {
        List<float[]> vectors = new ArrayList<>(texts.size());
        Deque<Future<List<float[]>>> waiting = new ArrayDeque<>();
        int total = Arrays.stream(repetitions).sum();
        int done = 0;
        int submitted = 0;
        try {
            while (vectors.size() < texts.size()) {
                while (submitted < texts.size() && waiting.size() < batchesAhead) {
                    int end = Math.min(texts.size(), submitted + BATCH);
                    List<String> batch = texts.subList(submitted, end);
                    waiting.add(workers.submit(() -> batch.stream().map(model()::embed).toList()));
                    submitted = end;
                }
                for (float[] vector : waiting.remove().get()) {
                    done += repetitions[vectors.size()];
                    vectors.add(vector);
                }
                progress.at(done, total);
            }
        } catch (ExecutionException exception) {
            throw new IllegalStateException("embedding failed", exception.getCause());
        } finally {
            waiting.forEach(batch -> batch.cancel(false));
        }
        return vectors;
    }

    /** Embeds texts without telling progress. */
    public List<float[]> embed(List<String> texts) throws InterruptedException {
        return embed(texts, (done, total) -> {});
    }

    /** The model knows no upper case; typographic variants of a character mean the same. */
    private static String normalize(String text) {
        String plain =
                Normalizer.normalize(text, Normalizer.Form.NFKC)
                        .replaceAll("[\\p{Cntrl}\\s]+", " ")
                        .strip()
                        .toLowerCase(Locale.ROOT);
        return plain.substring(0, Math.min(MAX_CHARACTERS, plain.length()));
    }

    private SentenceModel model() {
        SentenceModel loaded = model;
        if (loaded == null) {
            synchronized (this) {
                loaded = model;
                if (loaded == null) {
                    loaded = SentenceModel.load();
                    model = loaded;
                }
            }
        }
        return loaded;
    }

    /** Lets the batches under way finish, then gives back the model's memory. */
    @Override
    public void close() {
        workers.close();
        SentenceModel loaded = model;
        if (loaded != null) {
            loaded.close();
        }
    }
}
