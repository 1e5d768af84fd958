package com.igny8.mail;

import com.igny8.kernel.Problem;

import org.springframework.stereotype.Component;

import java.util.Comparator;
import java.util.List;

/** Every kind of letter there is, for operators to see what customers are told. */
@Component
public class SampleLetters {
    private final List<Samples> rooms;
    private final LetterLayout layout;

    SampleLetters(List<Samples> rooms, LetterLayout layout) {
        this.rooms = rooms.stream().sorted(Comparator.comparing(Samples::topic)).toList();
        this.layout = layout;
    }

    /**
     * A kind of letter.
     *
     * @param topic what it is about
     * @param when what it is sent at
     */
    public record Sample(String topic, String when, Letter letter) {}

    /** By topic, in the order in which they come in a customer's life. */
    public List<Sample> all() {
        return rooms.stream().flatMap(room -> of(room).stream()).toList();
    }

    private List<Sample> of(Samples room) {
        var drafts = new Drafts();
        room.write(drafts);
        return drafts.written().stream()
                .map(
                        draft ->
                                new Sample(
                                        room.topic(), draft.when(), layout.letter(draft.message())))
                .toList();
    }

    /** The one that such letters look like; 404 where there are none. */
    public Sample get(String template) {
        return all().stream()
                .filter(sample -> sample.letter().template().equals(template))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("Letter"));
    }
}
