package com.igny8.tenancy;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A handler that API keys may use, if they have all these scopes; every other one refuses them. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Scoped {
    /** Empty for what anybody may see anyway. */
    Scope[] value() default {};
}
