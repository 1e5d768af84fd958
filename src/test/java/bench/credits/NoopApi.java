package bench.credits;

import com.igny8.http.Answer;
import com.igny8.tenancy.IdempotencyKey;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.util.UUID;

/**
 * What the product's HTTP costs without anything behind it: takes what a deduction takes, answers
 * what it answers, and passes the same authentication, gate and throttle. Outside of the product's
 * package, so that only the bench finds it.
 */
@RestController
class NoopApi {
    record Body(
            long amount,
            @Nullable String operation,
            @Nullable String reference,
            @Nullable UUID site) {}

    record View(long entryId, long balance, long available) {}

    @PostMapping("/api/v1/bench/noop/")
    @ResponseStatus(HttpStatus.CREATED)
    Answer<View> nothing(@RequestBody Body body, IdempotencyKey key) {
        return Answer.of(new View(body.amount(), 1_000_000_000, 1_000_000_000));
    }
}
