package com.igny8.testing;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Requests that meet in the product, each on a thread of its own. */
public final class Together {
    private Together() {}

    /** Sends both at the same moment; the replies are in the order of the requests. */
    public static List<Reply> send(Callable<Reply> one, Callable<Reply> other) throws Exception {
        return send(List.of(one, other));
    }

    /** Sends so many, each told its number from 0. */
    public static List<Reply> send(int number, IntFunction<Reply> request) throws Exception {
        return send(
                IntStream.range(0, number)
                        .<Callable<Reply>>mapToObj(which -> () -> request.apply(which))
                        .toList());
    }

    /**
     * Sends requests that write to a table, which nobody can until all of them wait: whoever looks
     * before they write has looked by then, unless something else holds them up.
     */
    public static List<Reply> held(Product product, String table, List<Callable<Reply>> requests)
            throws Exception {
        try (Connection holder = product.superuser().getConnection();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE " + table + " IN SHARE MODE");
            return send(
                    requests,
                    () -> {
                        product.awaitWhoWait(requests.size());
                        holder.rollback();
                        return true;
                    });
        }
    }

    private static List<Reply> send(List<Callable<Reply>> requests) throws Exception {
        return send(requests, () -> true);
    }

    private static List<Reply> send(List<Callable<Reply>> requests, Callable<Boolean> meanwhile)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(requests.size());
        List<Future<Reply>> running = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Callable<Reply> request : requests) {
                running.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    return request.call();
                                }));
            }
            meanwhile.call();
        }
        List<Reply> replies = new ArrayList<>();
        for (Future<Reply> one : running) {
            replies.add(one.get());
        }
        return replies;
    }
}
