package com.igny8.identity;

/** The answer where there is nothing more to tell. */
public record Done(boolean done) {
    public Done() {
        this(true);
    }
}
