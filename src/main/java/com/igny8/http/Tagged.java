package com.igny8.http;

import com.igny8.kernel.EntityTag;

import org.springframework.http.ResponseEntity;

/** Answers that say by their {@code ETag} which state of an editable thing they show. */
public final class Tagged {
    private Tagged() {}

    /**
     * @param thing what the tag is of
     * @param view how it is shown
     */
    public static <T> ResponseEntity<Answer<T>> of(Record thing, T view) {
        return ResponseEntity.ok().eTag(EntityTag.of(thing)).body(Answer.of(view));
    }
}
