package com.igny8.http;

import com.igny8.tenancy.PlatformTransactions;
import com.igny8.tenancy.Scoped;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.info.BuildProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether this node can serve, for load balancers and people who wonder. */
@Tag(name = "System")
@RestController
@Ungated(Ungated.To.EVERYBODY)
@Scoped
class HealthApi {
    private static final Logger LOG = LoggerFactory.getLogger(HealthApi.class);

    private final PlatformTransactions platform;
    private final BuildProperties build;

    HealthApi(PlatformTransactions platform, BuildProperties build) {
        this.platform = platform;
        this.build = build;
    }

    record Health(
            @Schema(example = "ok") String status,
            String version,
            @Schema(example = "ok") String database) {}

    @Operation(summary = "Health", description = "503 while the database cannot be reached.")
    @SecurityRequirements
    @GetMapping("/api/v1/system/health/")
    ResponseEntity<Answer<Health>> health() {
        boolean reachable = isDatabaseReachable();
        String state = reachable ? "ok" : "unavailable";
        return ResponseEntity.status(reachable ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(Answer.of(new Health(state, String.valueOf(build.getVersion()), state)));
    }

    private boolean isDatabaseReachable() {
        try {
            return platform.read(jdbc -> jdbc.sql("SELECT true").query(Boolean.class).single());
        } catch (DataAccessException | TransactionException failure) {
            LOG.warn("The database cannot be reached: {}", failure.toString());
            return false;
        }
    }
}
