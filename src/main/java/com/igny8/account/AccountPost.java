package com.igny8.account;

import com.igny8.mail.Letter;
import com.igny8.mail.Outbox;
import com.igny8.tenancy.Role;

import org.springframework.stereotype.Component;

import java.util.TreeSet;

/**
 * Letters about an account. They go to its owner, at the address they sign in with, and to the
 * contact too where it is another: nobody proved that anybody reads that one.
 */
@Component
public class AccountPost {
    private final Accounts accounts;
    private final Outbox outbox;

    AccountPost(Accounts accounts, Outbox outbox) {
        this.accounts = accounts;
        this.outbox = outbox;
    }

    /** In the transaction there is. */
    public void post(Account account, String template, String subject, String text) {
        var addresses = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        addresses.add(account.contactEmail());
        accounts.seats(account.id()).stream()
                .filter(seat -> seat.role() == Role.OWNER)
                .forEach(owner -> addresses.add(owner.email()));
        addresses.forEach(address -> outbox.post(new Letter(address, template, subject, text)));
    }
}
