package com.igny8.access;

import static com.igny8.access.Operation.operation;
import static com.igny8.access.Request.at;

import java.util.List;

/** What is there for everybody. */
final class PublicOperations {
    static final List<Operation> API =
            List.of(
                    operation("GET /api/v1/auth/industries/", world -> at()),
                    operation("GET /api/v1/auth/plans/", world -> at()),
                    operation("GET /api/v1/system/health/", world -> at()));

    static final List<Operation> PAGES =
            List.of(
                    operation("GET /", world -> at()),
                    operation("GET /.well-known/jwks.json", world -> at()),
                    operation("GET /pricing", world -> at()));

    private PublicOperations() {}
}
