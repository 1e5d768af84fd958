package com.igny8.tenancy;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must not lie readable in the database: AES-256-GCM with a key that is kept outside
 * it, in {@code keys/master.key} or, for several nodes, in {@code IGNY8_MASTER_KEY}.
 *
 * <p>A box is a version byte, a 12-byte nonce, then the ciphertext with its 16-byte tag.
 */
@Component
public class SecretBox {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    SecretBox(DataDirectory directory, @Value("${igny8.master-key}") @Nullable String configured) {
        String hex =
                configured == null || configured.isBlank()
                        ? directory.secret("master.key")
                        : configured.strip();
        if (!hex.matches("[0-9a-fA-F]{64}")) {
            throw new StartupRefused("IGNY8_MASTER_KEY must be 64 hexadecimal digits (256 bits).");
        }
        this.key = new SecretKeySpec(HexFormat.of().parseHex(hex), "AES");
    }

    /** What people are told of a box that cannot be opened. */
    public static final String UNREADABLE =
            "It cannot be opened: it is damaged, or sealed by another key";

    /** A box was sealed with another key than ours, or changed since. */
    public static final class Unreadable extends IllegalStateException {
        Unreadable(GeneralSecurityException cause) {
            super("A secret cannot be read: was keys/master.key changed?", cause);
        }
    }

    public byte[] seal(byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, plain);
        return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                .put(VERSION)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** Fails if the box was changed or sealed with another key. */
    public byte[] open(byte[] box) {
        ByteBuffer buffer = ByteBuffer.wrap(box);
        if (box.length < 1 + NONCE_BYTES || buffer.get() != VERSION) {
            throw new IllegalArgumentException("Not a sealed box");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] sealed = new byte[buffer.remaining()];
        buffer.get(sealed);
        return run(Cipher.DECRYPT_MODE, nonce, sealed);
    }

    /** The text in a box, for who has others to look at too; nothing where {@link #open} fails. */
    public Optional<String> text(byte[] box) {
        try {
            return Optional.of(new String(open(box), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | Unreadable damaged) {
            return Optional.empty();
        }
    }

    /**
     * By which a text is known again, and nothing else: without the key it can be neither read nor
     * guessed. 64 hexadecimal digits.
     */
    public String fingerprint(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] run(int mode, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException failure) {
            throw new Unreadable(failure);
        }
    }
}
