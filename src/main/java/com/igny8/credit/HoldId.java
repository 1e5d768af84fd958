package com.igny8.credit;

import com.igny8.kernel.Sha256;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * A hold's id follows from the key it is made under: so one index finds it by either, and no key
 * makes two holds.
 */
final class HoldId {
    private static final long VERSION_BITS = 0xF000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;
    private static final long VARIANT_2 = 0x8000_0000_0000_0000L;

    private HoldId() {}

    /** A UUID of version 8 (RFC 9562); a random one where there is no key. */
    static UUID under(UUID accountId, @Nullable String key) {
        if (key == null) {
            return UUID.randomUUID();
        }
        ByteBuffer hash = ByteBuffer.wrap(Sha256.of(accountId + key));
        return new UUID(
                (hash.getLong() & ~VERSION_BITS) | VERSION_8,
                (hash.getLong() & ~VARIANT_BITS) | VARIANT_2);
    }
}
