package com.igny8.credit;

import org.springframework.context.ApplicationContext;

/** What a worker does over HTTP, for tests that have the product in their own process. */
public final class KeyedDeduction {
    private KeyedDeduction() {}

    /** Of the bound account, under the reference as the key; gives the number of the entry. */
    public static long post(ApplicationContext context, long amount, String reference) {
        var purpose = new Change.Purpose("test", reference, "Hammered", null);
        return context.getBean(CreditDesk.class)
                .post(new Change.Deduction(Change.Maker.current(), purpose, amount, reference))
                .entryOrThrow()
                .id();
    }
}
