package com.igny8.http;

import com.igny8.kernel.CursorPage;
import com.igny8.kernel.Page;

import io.swagger.v3.oas.annotations.media.Schema;

import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

import java.util.List;
import java.util.function.Function;

/**
 * The envelope of an answer that is a list: one page of it, and the addresses of its neighbours.
 *
 * @param count how many there are on all pages
 */
public record Listing<T>(
        @Schema(example = "true") boolean success,
        long count,
        @Nullable String next,
        @Nullable String previous,
        List<T> results,
        String requestId) {

    public static <R, T> Listing<T> of(Page<R> page, Function<R, T> view) {
        int number = page.request().number();
        return new Listing<>(
                true,
                page.count(),
                page.hasNext() ? addressWith("page", number + 1) : null,
                page.hasPrevious() ? addressWith("page", number - 1) : null,
                page.rows().stream().map(view).toList(),
                RequestId.current());
    }

    /** A list that is short enough to have one page. */
    public static <T> Listing<T> ofAll(List<T> all) {
        return new Listing<>(true, all.size(), null, null, all, RequestId.current());
    }

    /** A list read by cursor, as ledgers and logs are; {@code next} is null on the last page. */
    public static <T> Listing<T> ofCursor(List<T> rows, long count, @Nullable String nextCursor) {
        return new Listing<>(
                true,
                count,
                nextCursor == null ? null : addressWith("cursor", nextCursor),
                null,
                rows,
                RequestId.current());
    }

    /** A list that grows at its top: {@code next} leads to what is older. */
    public static <R, T> Listing<T> ofCursors(
            CursorPage<R> page, long count, Function<R, T> view, String list, Cursors cursors) {
        return new Listing<>(
                true,
                count,
                addressOf(cursors.write(list, page.older())),
                addressOf(cursors.write(list, page.newer())),
                page.rows().stream().map(view).toList(),
                RequestId.current());
    }

    private static @Nullable String addressOf(@Nullable String cursor) {
        return cursor == null ? null : addressWith("cursor", cursor);
    }

    private static String addressWith(String parameter, Object value) {
        return ServletUriComponentsBuilder.fromCurrentRequest()
                .replaceQueryParam(parameter, value)
                .toUriString();
    }
}
