package com.igny8.account;

/** An account is another than before; published in the transaction that makes it so. */
public record AccountStatusChanged(Account account, AccountStatus before) {}
