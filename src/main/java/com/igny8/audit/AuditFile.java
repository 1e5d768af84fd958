package com.igny8.audit;

import com.igny8.http.CsvDownload;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;

import jakarta.servlet.http.HttpServletResponse;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;

/** The log of an account as a CSV file, written as it is read. */
final class AuditFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AuditFile() {}

    static void send(AuditTrail trail, AuditFilter filter, HttpServletResponse response)
            throws IOException {
        Tenancy.caller().require(Role.ADMIN);
        try (CsvDownload csv =
                new CsvDownload(
                        response,
                        "audit.csv",
                        "created_at",
                        "actor",
                        "did",
                        "action",
                        "target",
                        "via",
                        "address",
                        "user_agent",
                        "request_id",
                        "details",
                        "changes")) {
            trail.export(filter, entry -> write(csv, entry));
        }
    }

    private static void write(CsvDownload csv, AuditEntry entry) {
        csv.line(
                entry.createdAt().toString(),
                entry.actor().name(),
                entry.deed(),
                entry.action(),
                entry.target(),
                entry.via(),
                entry.address(),
                entry.userAgent(),
                entry.requestId(),
                JSON.writeValueAsString(entry.sortedDetails()),
                JSON.writeValueAsString(entry.sortedChanges()));
    }
}
