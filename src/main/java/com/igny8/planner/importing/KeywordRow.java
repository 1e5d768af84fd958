package com.igny8.planner.importing;

import com.igny8.planner.Intent;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One keyword as a file gives it. Null is unknown, which is never zero.
 *
 * @param row the line as a spreadsheet counts it, from 1, the header included
 * @param keyword 1 to 500 characters, composed (NFC), words one space apart, case as written
 * @param volume searches a month, from 0; the geometric mean where the file gives a range
 * @param difficulty 0 to 100
 * @param cpcMicros cost per click in millionths of the file's currency unit: 1.23 is 1 230 000
 * @param intent the first that the file names
 * @param country ISO 3166 code in upper case, such as {@code US}
 * @param language ISO 639 code in lower case, such as {@code en}
 * @param serpUrls up to 10 addresses of search results, best first; empty if unknown
 */
public record KeywordRow(
        int row,
        String keyword,
        @Nullable Long volume,
        @Nullable Integer difficulty,
        @Nullable Long cpcMicros,
        @Nullable Intent intent,
        @Nullable String country,
        @Nullable String language,
        List<String> serpUrls) {

    /** What two rows share that speak of the same thing: other markets have their own figures. */
    record Identity(String keyword, @Nullable String country, @Nullable String language) {}

    public KeywordRow {
        serpUrls = List.copyOf(serpUrls);
    }

    /** The keyword in the spelling by which duplicates are found, in a file and on a site. */
    public String folded() {
        return KeywordText.folded(keyword);
    }

    Identity identity() {
        return new Identity(folded(), country, language);
    }

    /** This row, with what it does not know taken from a later row of the same keyword. */
    KeywordRow filledFrom(KeywordRow later) {
        return new KeywordRow(
                row,
                keyword,
                volume == null ? later.volume : volume,
                difficulty == null ? later.difficulty : difficulty,
                cpcMicros == null ? later.cpcMicros : cpcMicros,
                intent == null ? later.intent : intent,
                country,
                language,
                serpUrls.isEmpty() ? later.serpUrls : serpUrls);
    }
}
