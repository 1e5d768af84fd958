package com.igny8.identity;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.igny8.tenancy.PlatformTransactions;

import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Writes the {@link RequestedLetters} to those who exist. */
@Component
class LetterWriting {
    private final PlatformTransactions platform;
    private final RequestedLetters requested;
    private final Users users;
    private final PasswordResets resets;
    private final SecurityLetters letters;

    LetterWriting(
            PlatformTransactions platform,
            RequestedLetters requested,
            Users users,
            PasswordResets resets,
            SecurityLetters letters) {
        this.platform = platform;
        this.requested = requested;
        this.users = users;
        this.resets = resets;
        this.letters = letters;
    }

    @Bean
    static RecurringTask<Void> requestedLetterWriting(LetterWriting writing) {
        return Tasks.recurring("requested-letters", FixedDelay.ofSeconds(2))
                .execute((instance, context) -> writing.write());
    }

    void write() {
        platform.run(jdbc -> requested.take().forEach(this::write));
    }

    private void write(RequestedLetters.Requested request) {
        users.find(request.email())
                .ifPresent(
                        user -> {
                            switch (request.kind()) {
                                case PASSWORD_RESET -> resets.send(user);
                                case SIGN_IN_LOCKED -> letters.signInLocked(user);
                            }
                        });
    }
}
