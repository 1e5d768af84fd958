package com.igny8.mail;

import java.time.Duration;

/**
 * Where letters to people are put: in the product the {@link MailQueue}, for a look {@link Drafts}.
 */
public interface Outbox {
    /** Puts a letter in; it goes out if, and only if, the transaction it is posted in is kept. */
    void post(Message message);

    /**
     * As {@link #post}, unless they got such a letter within that time: for those that strangers
     * can have sent as often as they like.
     */
    void postAtMostEvery(Duration time, Message message);
}
