package com.igny8.tenancy;

import com.igny8.kernel.Page;
import com.igny8.kernel.PageRequest;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

import java.util.function.Function;

/**
 * A list that is read page by page; how many there are in all is counted by the same conditions.
 *
 * @param columns such as {@code SELECT *}
 * @param matching from {@code FROM} on; {@code :pattern} is what the page searches for
 * @param order by what, without {@code ORDER BY}; with a key at its end, or rows could be missed
 */
public record PagedSelect(String columns, String matching, String order) {

    /**
     * Reads one of its pages.
     *
     * @param statement makes statements of SQL, with all but the page bound
     */
    public <T> Page<T> read(
            Function<String, StatementSpec> statement, PageRequest page, RowMapper<T> row) {
        return new Page<>(
                statement
                        .apply(
                                columns
                                        + matching
                                        + " ORDER BY "
                                        + order
                                        + " LIMIT :limit OFFSET :offset")
                        .param("pattern", page.pattern())
                        .param("limit", page.size())
                        .param("offset", page.offset())
                        .query(row)
                        .list(),
                statement
                        .apply("SELECT count(*)" + matching)
                        .param("pattern", page.pattern())
                        .query(Long.class)
                        .single(),
                page);
    }
}
