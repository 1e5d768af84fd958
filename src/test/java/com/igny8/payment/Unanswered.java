package com.igny8.payment;

import com.igny8.testing.Customer;

import java.util.UUID;

/** Has what providers were not asked for yet asked for now, instead of after some minutes. */
public final class Unanswered {
    private Unanswered() {}

    /** The refunds of a customer. */
    public static void refunds(Customer customer) {
        customer.product()
                .sql()
                .sql("SELECT id FROM refund WHERE account_id = ? AND status = 'pending'")
                .param(customer.accountId())
                .query(UUID.class)
                .list()
                .forEach(
                        refund ->
                                customer.inside(
                                        () -> {
                                            customer.product().bean(Refunds.class).ask(refund);
                                            return true;
                                        }));
    }
}
