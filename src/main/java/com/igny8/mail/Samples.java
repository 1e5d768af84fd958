package com.igny8.mail;

/** The letters of a room, each written once by the code that writes the real ones. */
public interface Samples {
    /** What they are about, as {@code Invoices}. */
    String topic();

    /** Writes one of each kind, to people that do not exist. */
    void write(Drafts drafts);
}
