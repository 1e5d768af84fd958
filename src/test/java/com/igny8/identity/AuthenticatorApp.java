package com.igny8.identity;

import java.time.Instant;

/** What a person holds in their hand: shows the codes that belong to a secret. */
public final class AuthenticatorApp {
    private AuthenticatorApp() {}

    public static byte[] freshSecret() {
        return Totp.fresh().secret();
    }

    /** The code it shows at that moment. */
    public static String code(byte[] secret, Instant at) {
        return new Totp(secret).code(Totp.step(at));
    }
}
