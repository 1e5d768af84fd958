package com.igny8.account;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.igny8.identity.User;
import com.igny8.identity.Users;
import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Team;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Map;

/** A thief with the owner's session, in the moment in which the owner changes the password. */
class OwnerSignedOutTests {
    private static final String ANOTHER = "violet tractor pebble";

    private final Product product = Product.running();
    private final Team team = Team.of(product);
    private final Customer owner = team.owner();

    /** As read with the session, which ended since. */
    private final User signedOut = product.bean(Users.class).get(owner.userId());

    @BeforeEach
    void theOwnerChangesThePassword() {
        owner.api()
                .post(
                        "auth/change-password/",
                        Map.of("current_password", Customer.PASSWORD, "new_password", ANOTHER))
                .expect(200);
    }

    private void assertRefused(ThrowingCallable act) {
        assertThatThrownBy(() -> owner.inside(() -> attempt(act)))
                .hasMessageContaining("signed out everywhere");
    }

    private static boolean attempt(ThrowingCallable act) throws Throwable {
        act.call();
        return true;
    }

    @Test
    void doesNotGiveTheAccountAway() {
        Customer next = team.join("admin");

        assertRefused(
                () -> product.bean(Ownership.class).transfer(signedOut, next.userId(), ANOTHER));
    }

    @Test
    void doesNotDeleteTheAccount() {
        Account account = owner.inside(() -> product.bean(Accounts.class).current());

        assertRefused(
                () ->
                        product.bean(AccountDeletion.class)
                                .delete(signedOut, ANOTHER, account.slug()));
    }
}
