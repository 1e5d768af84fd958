package com.igny8.testing;

import com.igny8.tenancy.PlatformTransactions;

import java.util.List;

/** What decides how long a commit of the product takes: printed beside what was measured. */
public final class Durability {
    private Durability() {}

    public static void print(Product product) {
        for (String name :
                List.of("fsync", "synchronous_commit", "full_page_writes", "shared_buffers")) {
            System.out.printf(
                    "%s = %s%n",
                    name,
                    product.bean(PlatformTransactions.class)
                            .read(jdbc -> jdbc.sql("SHOW " + name).query(String.class).single()));
        }
        System.out.printf("processors = %d%n", Runtime.getRuntime().availableProcessors());
    }
}
