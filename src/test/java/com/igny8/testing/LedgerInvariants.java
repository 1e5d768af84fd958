package com.igny8.testing;

import com.igny8.credit.LedgerCheck;

import org.springframework.jdbc.core.simple.JdbcClient;

import java.util.List;

import javax.sql.DataSource;

/** What must hold for every account's credits, as {@code check-ledger} sees it. */
public final class LedgerInvariants {
    private LedgerInvariants() {}

    /** Every violation, in words with the account; none is what it must be. */
    public static List<String> violations(DataSource readsEverything) {
        return LedgerCheck.all(JdbcClient.create(readsEverything)).stream()
                .map(found -> found.accountId() + ": " + found.what())
                .toList();
    }
}
