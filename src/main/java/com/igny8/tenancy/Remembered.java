package com.igny8.tenancy;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Answers of the database about who somebody is and what they may, kept until something they rest
 * on changes: {@link AccessChanges} hears of it in the moment of the commit. What is not there is
 * not kept, so that nobody can fill the memory with guesses.
 *
 * @param <K> what is asked
 * @param <V> what is answered
 */
public final class Remembered<K, V> {
    private final int most;
    private final AccessChanges changes;
    private final Clock clock;
    private final BooleanSupplier looksIntoTransaction;
    private final ConcurrentHashMap<K, Fact<V>> facts = new ConcurrentHashMap<>();

    /** What rests on a row, so that a change of one among very many finds it at once. */
    private final Map<UUID, Set<K>> restingOn = new HashMap<>();

    private volatile long changesTold;

    /**
     * @param looksIntoTransaction whether a look-up now is part of a transaction that is under way
     */
    Remembered(int most, AccessChanges changes, Clock clock, BooleanSupplier looksIntoTransaction) {
        this.most = most;
        this.changes = changes;
        this.clock = clock;
        this.looksIntoTransaction = looksIntoTransaction;
    }

    /**
     * An answer and what it depends on.
     *
     * @param until from when on it is out of date though nothing changed
     * @param restsOn ids of the rows that make it true: user, session, account, plan
     */
    public record Fact<V>(V value, Instant until, Set<UUID> restsOn) {}

    /**
     * The answer, as it is in the database now. Within a transaction it is read there and not kept:
     * it may rest on a change that only this transaction sees, and that is never committed.
     */
    public Optional<V> get(K key, Supplier<Optional<Fact<V>>> lookUp) {
        if (looksIntoTransaction.getAsBoolean()) {
            return lookUp.get().map(Fact::value);
        }
        Fact<V> known = facts.get(key);
        if (known != null && changes.isHeard() && clock.instant().isBefore(known.until())) {
            return Optional.of(known.value());
        }
        long before = changesTold;
        Optional<Fact<V>> found = lookUp.get();
        found.ifPresent(fact -> keep(key, fact, before));
        return found.map(Fact::value);
    }

    /** Not if a change was told meanwhile: it may have been read before, and is not told again. */
    private synchronized void keep(K key, Fact<V> fact, long before) {
        if (changesTold == before) {
            if (facts.size() >= most) {
                clear();
            }
            remove(key);
            facts.put(key, fact);
            fact.restsOn()
                    .forEach(row -> restingOn.computeIfAbsent(row, id -> new HashSet<>()).add(key));
        }
    }

    synchronized void forget(UUID changed) {
        changesTold++;
        Set<K> keys = restingOn.remove(changed);
        if (keys != null) {
            keys.forEach(this::remove);
        }
    }

    private void remove(K key) {
        Fact<V> fact = facts.remove(key);
        if (fact != null) {
            fact.restsOn()
                    .forEach(
                            row ->
                                    restingOn.computeIfPresent(
                                            row, (id, keys) -> without(keys, key)));
        }
    }

    /** Null, which takes it out of the map, where no other is left. */
    private static <K> @Nullable Set<K> without(Set<K> keys, K key) {
        keys.remove(key);
        return keys.isEmpty() ? null : keys;
    }

    synchronized void forgetAll() {
        changesTold++;
        clear();
    }

    private void clear() {
        facts.clear();
        restingOn.clear();
    }
}
