package com.igny8.planner;

import com.igny8.kernel.Problem;
import com.igny8.planner.importing.ColumnMapping;
import com.igny8.planner.importing.Field;
import com.igny8.planner.importing.ImportReport;
import com.igny8.planner.importing.MappingNeeded;
import com.igny8.site.Sectors;
import com.igny8.site.Sites;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** From a file to keywords, for people: send it, say what is what, look at it, import it. */
@Controller
@RequestMapping("/sites/{id}/keywords/import")
class KeywordImportPages {
    /** The choice for the column of this number is sent under this name and the number. */
    private static final String COLUMN = "column-";

    private final Sites sites;
    private final Sectors sectors;
    private final KeywordUploads uploads;
    private final KeywordFiles files;

    KeywordImportPages(Sites sites, Sectors sectors, KeywordUploads uploads, KeywordFiles files) {
        this.sites = sites;
        this.sectors = sectors;
        this.uploads = uploads;
        this.files = files;
    }

    @GetMapping
    String choose(@PathVariable UUID id, Model model) {
        return showChoose(id, null, model);
    }

    private String showChoose(UUID id, @Nullable Problem problem, Model model) {
        model.addAttribute("site", sites.getForEditing(id));
        model.addAttribute("sectors", sectors.list(id));
        model.addAttribute("problem", problem);
        model.addAttribute("maxRows", KeywordFiles.MAX_ROWS);
        return "planner/import";
    }

    @PostMapping
    String send(
            @PathVariable UUID id,
            @RequestParam MultipartFile file,
            @RequestParam(required = false) @Nullable UUID sector,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response)
            throws IOException {
        if (file.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return showChoose(
                    id, Problem.invalid("file", "Choose a file with keywords in it"), model);
        }
        if (sector != null) {
            sectors.require(id, sector);
            next.addAttribute("sector", sector);
        }
        UUID upload =
                uploads.keep(
                        id,
                        Objects.requireNonNullElse(file.getOriginalFilename(), "keywords"),
                        file.getBytes());
        return "redirect:/sites/" + id + "/keywords/import/" + upload;
    }

    @GetMapping("/{upload}")
    String look(
            @PathVariable UUID id,
            @PathVariable UUID upload,
            @RequestParam(required = false) @Nullable UUID sector,
            @RequestParam Map<String, String> sent,
            Model model,
            HttpServletResponse response) {
        model.addAttribute("site", sites.getForEditing(id));
        model.addAttribute("upload", uploads.get(id, upload));
        model.addAttribute("sector", sector);
        var target = new KeywordFiles.Target(id, sector);
        try {
            return uploads.with(
                    id,
                    upload,
                    path -> {
                        Map<String, String> choices = choices(sent);
                        var outcome = files.preview(target, path, mapping(path, target, choices));
                        return switch (outcome) {
                            case ImportReport report -> showPreview(report, choices, model);
                            case MappingNeeded needed -> showMapping(needed, choices, model);
                        };
                    });
        } catch (Problem problem) {
            if (problem.status() != HttpServletResponse.SC_BAD_REQUEST) {
                throw problem;
            }
            response.setStatus(problem.status());
            return showChoose(id, problem, model);
        }
    }

    private static String showPreview(
            ImportReport report, Map<String, String> choices, Model model) {
        model.addAttribute("report", report);
        model.addAttribute("choices", choices);
        return "planner/import-preview";
    }

    private static String showMapping(
            MappingNeeded needed, Map<String, String> choices, Model model) {
        model.addAttribute("columns", needed.columns());
        model.addAttribute("fields", Field.values());
        model.addAttribute("isAgain", !choices.isEmpty());
        return "planner/import-mapping";
    }

    @PostMapping("/{upload}")
    String store(
            @PathVariable UUID id,
            @PathVariable UUID upload,
            @RequestParam(required = false) @Nullable UUID sector,
            @RequestParam Map<String, String> sent,
            RedirectAttributes next) {
        var target = new KeywordFiles.Target(id, sector);
        KeywordFiles.Imported imported =
                uploads.with(
                        id,
                        upload,
                        path ->
                                files.store(
                                        target,
                                        files.read(
                                                target,
                                                path,
                                                mapping(path, target, choices(sent)))));
        uploads.drop(id, upload);
        next.addFlashAttribute("notice", said(imported));
        return "redirect:/sites/" + id + "/keywords";
    }

    private static String said(KeywordFiles.Imported imported) {
        int known = imported.report().valid() - imported.imported();
        return "%,d %s imported%s"
                .formatted(
                        imported.imported(),
                        imported.imported() == 1 ? "keyword" : "keywords",
                        known == 0 ? "" : ", %,d you had already are up to date".formatted(known));
    }

    private static Map<String, String> choices(Map<String, String> sent) {
        Map<String, String> choices = new LinkedHashMap<>();
        sent.forEach(
                (name, value) -> {
                    if (name.startsWith(COLUMN)) {
                        choices.put(name, value);
                    }
                });
        return choices;
    }

    /** The choices are by the number of the column; the file tells what that one is called. */
    private ColumnMapping mapping(
            Path path, KeywordFiles.Target target, Map<String, String> choices) {
        if (choices.isEmpty()
                || !(files.preview(target, path, ColumnMapping.automatic())
                        instanceof MappingNeeded needed)) {
            return ColumnMapping.automatic();
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        List<MappingNeeded.Column> columns = needed.columns();
        for (int number = 0; number < columns.size(); number++) {
            String choice = choices.get(COLUMN + number);
            String column = columns.get(number).name();
            Field.ofLabel(choice).ifPresent(field -> fields.put(column, field));
        }
        return new ColumnMapping(fields);
    }
}
