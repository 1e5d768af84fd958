package com.igny8.invoice;

import com.ibm.icu.text.Transliterator;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.text.UnicodeSetSpanner;

import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Which letters fonts have. What is written in others is told in Latin letters, as in passports,
 * rather than not at all.
 */
final class Lettering {
    /** In place of what is no letter of any language, as a smiling face. */
    private static final String SQUARE = "\u25a1";

    private final UnicodeSet letters;

    private Lettering(UnicodeSet letters) {
        this.letters = letters.freeze();
    }

    /** The letters of a TrueType font, and what nobody sees. */
    static Lettering of(InputStream file) {
        try (file;
                TrueTypeFont font =
                        new TTFParser().parse(new RandomAccessReadBuffer(file.readAllBytes()))) {
            CmapLookup glyphs = font.getUnicodeCmapLookup();
            UnicodeSet letters = new UnicodeSet("[[:Cc:][:Cf:][:Z:]]");
            for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
                if (glyphs.getGlyphId(letter) > 0) {
                    letters.add(letter);
                }
            }
            return new Lettering(letters);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What both fonts have. */
    Lettering and(Lettering other) {
        return new Lettering(letters.cloneAsThawed().retainAll(other.letters));
    }

    /** What either font has. */
    Lettering or(Lettering other) {
        return new Lettering(letters.cloneAsThawed().addAll(other.letters));
    }

    /** The text in these letters alone. */
    String tell(String text) {
        if (letters.containsAll(text)) {
            return text;
        }
        UnicodeSet missing = letters.cloneAsThawed().complement().freeze();
        Transliterator latin = Transliterator.getInstance("Any-Latin; Latin-ASCII");
        latin.setFilter(missing);
        UnicodeSet marks = new UnicodeSet("[:M:]").retainAll(missing);
        return new UnicodeSetSpanner(missing)
                .replaceFrom(
                        new UnicodeSetSpanner(marks).deleteFrom(latin.transliterate(text)), SQUARE);
    }
}
