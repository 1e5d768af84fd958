package com.igny8.identity;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Argon2id at OWASP's parameters (19 MiB, 2 passes, 1 lane), in Spring Security's form; that knows
 * hashes of other parameters, too. But each thread keeps its 19 MiB for the next hash: to begin
 * each with fresh memory keeps the garbage collector busy for a fifth of the time a hash takes.
 */
final class Argon2Encoder extends Argon2PasswordEncoder {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;

    private static final String BEGINNING =
            "$argon2id$v=19$m=%d,t=%d,p=%d$".formatted(MEMORY_KIB, PASSES, LANES);
    private static final Pattern FORM =
            Pattern.compile(Pattern.quote(BEGINNING) + "([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");

    /** Of the threads, which are there for all: there may be several products in one process. */
    private static final ThreadLocal<Blocks> MEMORY = ThreadLocal.withInitial(Blocks::new);

    private final SecureRandom random = new SecureRandom();

    Argon2Encoder() {
        super(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    }

    /** Blocks that were used before, wiped by whoever gives them back. */
    private static final class Blocks implements Argon2BytesGenerator.BlockPool {
        private final Deque<Argon2BytesGenerator.Block> free = new ArrayDeque<>();

        @Override
        public Argon2BytesGenerator.Block allocate() {
            Argon2BytesGenerator.Block block = free.poll();
            return block == null ? new Argon2BytesGenerator.Block() : block;
        }

        @Override
        public void deallocate(Argon2BytesGenerator.Block block) {
            free.add(block.clear());
        }
    }

    @Override
    protected String encodeNonNullPassword(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return BEGINNING
                + base64.encodeToString(salt)
                + '$'
                + base64.encodeToString(hash(password, salt));
    }

    @Override
    protected boolean matchesNonNull(String password, String encoded) {
        Matcher parts = FORM.matcher(encoded);
        if (!parts.matches()) {
            return super.matchesNonNull(password, encoded);
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return MessageDigest.isEqual(
                hash(password, base64.decode(parts.group(1))), base64.decode(parts.group(2)));
    }

    private byte[] hash(String password, byte[] salt) {
        var generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(MEMORY_KIB)
                        .withIterations(PASSES)
                        .withParallelism(LANES)
                        .withSalt(salt)
                        .withBlockPool(MEMORY.get())
                        .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(password.toCharArray(), hash);
        return hash;
    }
}
