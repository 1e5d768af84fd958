package com.igny8.invoice;

import com.igny8.account.Party;

/**
 * The company that runs IGNY8, as invoices name it.
 *
 * @param invoicePrefix what its numbers begin with
 * @param daysToPay from issue to due
 */
record Seller(Party party, String invoicePrefix, int daysToPay) {}
