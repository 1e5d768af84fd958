package com.igny8.account;

import com.igny8.tenancy.Role;

import org.springframework.stereotype.Component;

import java.util.Set;
import java.util.TreeSet;

/**
 * Who reads letters about an account: its owner, at the address they sign in with, and the contact
 * too where it is another: nobody proved that anybody reads that one.
 */
@Component
public class AccountReaders {
    private final Accounts accounts;

    AccountReaders(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Their addresses. */
    public Set<String> of(Account account) {
        var addresses = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        addresses.add(account.contactEmail());
        accounts.seats(account.id()).stream()
                .filter(seat -> seat.role() == Role.OWNER)
                .forEach(owner -> addresses.add(owner.email()));
        return addresses;
    }
}
