package com.igny8.mail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A letter by what it says, part by part; the outbox lays it out as text and as HTML. Each method
 * gives another one with more in it.
 *
 * @param template what kind of letter it is, as {@code invoice_issued}
 */
public record Message(String recipient, String template, String subject, List<Part> parts) {
    private static final int LINE = 76;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    public Message {
        parts = List.copyOf(parts);
    }

    /** Something a letter is made of. */
    public sealed interface Part {
        /** As a template asks for it: {@code paragraph}, {@code facts} or {@code button}. */
        default String kind() {
            return switch (this) {
                case Paragraph _ -> "paragraph";
                case Facts _ -> "facts";
                case Button _ -> "button";
                case Link _ -> "link";
            };
        }
    }

    /** Some sentences. */
    public record Paragraph(String text) implements Part {}

    /** What belongs together, name by name. */
    public record Facts(List<Fact> facts) implements Part {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /** As {@code Total}: {@code $139.00}. */
    public record Fact(String name, String value) {}

    /** Where the letter leads. */
    public record Button(String label, String address) implements Part {}

    /** Where it leads besides. */
    public record Link(String label, String address) implements Part {}

    /** A letter that says nothing yet. */
    public static Message to(String recipient, String template, String subject) {
        return new Message(recipient, template, subject, List.of());
    }

    /** A day as letters write it: {@code 8 March 2027}, in UTC. */
    public static String day(Instant at) {
        return DAY.format(at);
    }

    /** With a paragraph more. */
    public Message say(String text) {
        return with(new Paragraph(text));
    }

    /** With a fact more; those that follow each other stand together. */
    public Message tell(String name, String value) {
        Fact fact = new Fact(name, value);
        if (!parts.isEmpty() && parts.getLast() instanceof Facts(List<Fact> before)) {
            List<Fact> facts = new ArrayList<>(before);
            facts.add(fact);
            return new Message(recipient, template, subject, parts.subList(0, parts.size() - 1))
                    .with(new Facts(facts));
        }
        return with(new Facts(List.of(fact)));
    }

    /** With a button that leads somewhere. */
    public Message link(String label, String address) {
        return with(new Button(label, address));
    }

    /** With a link to what matters less than the button. */
    public Message mention(String label, String address) {
        return with(new Link(label, address));
    }

    private Message with(Part part) {
        List<Part> more = new ArrayList<>(parts);
        more.add(part);
        return new Message(recipient, template, subject, more);
    }

    /** For who reads text alone. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Paragraph(String said) -> {
                    said.lines().forEach(line -> text.append(wrapped(line)).append('\n'));
                    text.append('\n');
                }
                case Facts(List<Fact> facts) -> {
                    facts.forEach(
                            fact -> text.append("%s: %s\n".formatted(fact.name(), fact.value())));
                    text.append('\n');
                }
                case Button(String label, String address) ->
                        text.append("%s:\n\n%s\n\n".formatted(label, address));
                case Link(String label, String address) ->
                        text.append("%s:\n%s\n\n".formatted(label, address));
            }
        }
        return text.toString().stripTrailing() + "\n";
    }

    private static String wrapped(String line) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String word : line.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > LINE) {
                text.append('\n');
                column = 0;
            } else if (column > 0) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        return text.toString();
    }
}
