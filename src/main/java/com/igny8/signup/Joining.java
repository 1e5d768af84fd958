package com.igny8.signup;

import com.igny8.account.Acceptance;
import com.igny8.account.Offer;
import com.igny8.identity.NewUser;
import com.igny8.identity.SignedIn;
import com.igny8.identity.User;
import com.igny8.identity.Users;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.stereotype.Component;

import java.util.Optional;

/** Makes a member of somebody who was invited: with a user of their own if they have none. */
@Component
class Joining {
    private final PlatformTransactions platform;
    private final Acceptance acceptance;
    private final Users users;

    Joining(PlatformTransactions platform, Acceptance acceptance, Users users) {
        this.platform = platform;
        this.acceptance = acceptance;
        this.users = users;
    }

    /** Who joined what. */
    record Joined(User user, Offer offer) {}

    /** What somebody who is new here gives beside the link; the address is the invited one. */
    record Newcomer(String firstName, String lastName, String password) {
        /** Not to be read in a log. */
        @Override
        public String toString() {
            return "Newcomer";
        }
    }

    /**
     * As whoever is signed in; or else as somebody new, unless the address has a user, who has to
     * sign in then.
     */
    Joined accept(String token, Newcomer newcomer) {
        Optional<SignedIn> signedIn = SignedIn.current();
        return signedIn.isPresent()
                ? join(token, signedIn.get().user())
                : joinAsNew(token, newcomer);
    }

    private Joined join(String token, User user) {
        return new Joined(user, acceptance.accept(token, user));
    }

    private Joined joinAsNew(String token, Newcomer newcomer) {
        String email = acceptance.offer(token).email();
        if (users.find(email).isPresent()) {
            throw signInFirst(email);
        }
        var newUser =
                users.prepare(
                        new NewUser(
                                email,
                                newcomer.password(),
                                newcomer.firstName(),
                                newcomer.lastName()));
        return platform.write(
                jdbc -> {
                    User user = users.create(newUser).orElseThrow(() -> signInFirst(email));
                    Offer offer = acceptance.accept(token, user);
                    return new Joined(users.get(user.id()), offer);
                });
    }

    private static Problem signInFirst(String email) {
        return Problem.unauthenticated(
                "sign_in_first",
                "%s is known here: sign in, then accept the invitation".formatted(email));
    }
}
