package com.igny8.planner;

import com.igny8.http.Answer;
import com.igny8.kernel.Problem;
import com.igny8.planner.importing.ColumnMapping;
import com.igny8.planner.importing.Field;
import com.igny8.planner.importing.ImportReport;
import com.igny8.planner.importing.MappingNeeded;
import com.igny8.tenancy.Idempotency;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.Scope;
import com.igny8.tenancy.Scoped;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Files of keywords, for programs. */
@Tag(name = "Planner")
@RestController
class KeywordImportApi {
    private final KeywordFiles files;
    private final Idempotency idempotency;
    private final JsonMapper json;

    KeywordImportApi(KeywordFiles files, Idempotency idempotency, JsonMapper json) {
        this.files = files;
        this.idempotency = idempotency;
        this.json = json;
    }

    record InvalidView(int row, String field, String error) {}

    /**
     * What came of a file.
     *
     * @param invalid the first 200; {@code invalidCount} counts all rows that are
     * @param columns what each column was taken for
     */
    record ImportView(
            int rows,
            int valid,
            int duplicates,
            int imported,
            int invalidCount,
            List<InvalidView> invalid,
            Map<String, String> columns) {
        static ImportView of(ImportReport report, int imported) {
            Map<String, String> columns = new LinkedHashMap<>();
            report.columns().forEach((field, column) -> columns.put(field.label(), column));
            return new ImportView(
                    report.rows(),
                    report.valid(),
                    report.duplicates(),
                    imported,
                    report.invalidRows(),
                    report.invalid().stream()
                            .map(
                                    row ->
                                            new InvalidView(
                                                    row.row(), row.field().label(), row.error()))
                            .toList(),
                    columns);
        }
    }

    @Operation(
            summary = "Import keywords",
            description =
                    "A file as exported by Semrush, Ahrefs or Keyword Planner, or a plain list:"
                            + " CSV, TSV or XLSX with up to 100,000 rows. Keywords that are there"
                            + " already are brought up to date. With `preview=true` nothing is stored."
                            + " Where no column can be told to be the keywords, the answer is 400"
                            + " `mapping_required` with the `columns`; send `mapping` then, such as"
                            + " `{\"text\":\"keyword\"}`.")
    @Scoped(Scope.KEYWORDS_WRITE)
    @PostMapping(
            value = "/api/v1/planner/keywords/import/",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Answer<ImportView> importFile(
            @RequestParam MultipartFile file,
            @RequestParam UUID site,
            @RequestParam(required = false) @Nullable UUID sector,
            @RequestParam(defaultValue = "false") boolean preview,
            @RequestParam(required = false) @Nullable String mapping,
            @Parameter(hidden = true) IdempotencyKey key) {
        var target = new KeywordFiles.Target(site, sector);
        ColumnMapping columns = mapping(mapping);
        return Answer.of(
                TemporaryFile.with(
                        file::transferTo,
                        path ->
                                preview
                                        ? preview(target, path, columns)
                                        : store(target, path, columns, key)));
    }

    private ImportView preview(KeywordFiles.Target target, Path path, ColumnMapping columns) {
        return switch (files.preview(target, path, columns)) {
            case ImportReport report -> ImportView.of(report, 0);
            case MappingNeeded needed -> throw KeywordFiles.mappingRequired(needed);
        };
    }

    private ImportView store(
            KeywordFiles.Target target, Path path, ColumnMapping columns, IdempotencyKey key) {
        KeywordFiles.Content content = files.read(target, path, columns);
        return idempotency.once(
                key,
                ImportView.class,
                () -> {
                    KeywordFiles.Imported imported = files.store(target, content);
                    return ImportView.of(imported.report(), imported.imported());
                });
    }

    private ColumnMapping mapping(@Nullable String mapping) {
        if (mapping == null || mapping.isBlank()) {
            return ColumnMapping.automatic();
        }
        try {
            Map<String, Field> fields = new LinkedHashMap<>();
            json.readValue(mapping, new TypeReference<Map<String, String>>() {})
                    .forEach(
                            (column, label) ->
                                    fields.put(
                                            column,
                                            Field.ofLabel(label)
                                                    .orElseThrow(
                                                            () ->
                                                                    new IllegalArgumentException(
                                                                            label))));
            return new ColumnMapping(fields);
        } catch (JacksonException | IllegalArgumentException notAMapping) {
            throw Problem.invalid(
                    "mapping",
                    "Must be a JSON object from column names to "
                            + Arrays.stream(Field.values()).map(Field::label).toList());
        }
    }
}
