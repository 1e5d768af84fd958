package com.igny8.tenancy;

/** The product cannot start; the message tells whoever started it why, and what to do. */
public final class StartupRefused extends RuntimeException {
    public StartupRefused(String message) {
        super(message);
    }

    StartupRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
