package com.igny8.tenancy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A handler that the gate does not guard; every other one it does. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Ungated {
    /** For whom it stays open although the gate refuses. */
    To value();

    /** Those for whom it stays open. */
    enum To {
        /** Public things, signing out, the operator's console. */
        EVERYBODY,
        /** What the owner of a suspended account still may: see billing, pay, export. */
        OWNER_OF_SUSPENDED
    }
}
