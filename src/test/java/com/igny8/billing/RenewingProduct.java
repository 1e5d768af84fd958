package com.igny8.billing;

import com.igny8.Igny8;

import org.springframework.boot.SpringApplication;

/**
 * The product, which besides its scheduler bills all the time: as if it took the other nodes for
 * dead. Says so when it has begun.
 */
public final class RenewingProduct {
    public static final String READY = "READY";

    private static final long PAUSE_MILLIS = 50;

    private RenewingProduct() {}

    public static void main(String[] arguments) throws InterruptedException {
        var context = SpringApplication.run(Igny8.class, arguments);
        BillingRun run = context.getBean(BillingRun.class);
        System.out.println(READY);
        while (context.isActive()) {
            run.all();
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
