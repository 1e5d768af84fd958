package com.igny8.identity;

import java.time.Instant;

/** What a person holds in their hand: shows the codes that belong to a secret. */
public final class AuthenticatorApp {
    private AuthenticatorApp() {}

    public static byte[] freshSecret() {
        return Totp.fresh().secret();
    }

    /** The code it shows at that moment, with the secret as it was shown to be typed in. */
    public static String code(String base32, Instant at) {
        return code(secret(base32), at);
    }

    public static byte[] secret(String base32) {
        var bits = new StringBuilder();
        base32.chars()
                .map("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"::indexOf)
                .forEach(
                        digit ->
                                bits.append(
                                        "%5s"
                                                .formatted(Integer.toBinaryString(digit))
                                                .replace(' ', '0')));
        byte[] secret = new byte[bits.length() / 8];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) Integer.parseInt(bits.substring(i * 8, i * 8 + 8), 2);
        }
        return secret;
    }

    /** The code it shows at that moment. */
    public static String code(byte[] secret, Instant at) {
        return new Totp(secret).code(Totp.step(at));
    }
}
