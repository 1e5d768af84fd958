package com.igny8.kernel;

import java.util.List;

/** One page of a list: the rows, how many there are in all, and where this page lies. */
public record Page<T>(List<T> rows, long count, PageRequest request) {
    public Page {
        rows = List.copyOf(rows);
    }

    public boolean hasNext() {
        return (long) request.number() * request.size() < count;
    }

    public boolean hasPrevious() {
        return request.number() > 1;
    }
}
