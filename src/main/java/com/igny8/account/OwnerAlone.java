package com.igny8.account;

import com.igny8.kernel.Problem;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.TenantTransactions;

import org.springframework.stereotype.Component;

/**
 * Keeps what only the person who owns the account may do from everybody else, also from those who
 * for a while see what the owner sees.
 */
@Component
class OwnerAlone {
    private final TenantTransactions transactions;

    OwnerAlone(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    void require() {
        Tenancy.callerIfBound().orElseThrow(Gate::accountMissing).require(Role.OWNER);
        if (!isCaller()) {
            throw Problem.forbidden("owner_only", "Only the owner in person may do this");
        }
    }

    /** Whether the caller is the owner in person. */
    boolean isCaller() {
        return transactions.read(
                sql ->
                        sql.statement(
                                        """
                                        SELECT EXISTS (SELECT FROM member
                                            WHERE account_id = :account_id
                                              AND user_id = :user AND role = 'owner')
                                        """)
                                .param("user", Tenancy.caller().userId())
                                .query(Boolean.class)
                                .single());
    }
}
