package com.igny8.invoice;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.TextDirection;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;

/**
 * Prints sheets as PDF files: {@code templates/invoice/pdf.html}, with the styles of the page. It
 * loads nothing from anywhere: fonts and styles are the product's own.
 */
@Component
class SheetPrinter {
    private static final String FONT = "DejaVu Sans Condensed";
    private static final String FONT_FILE =
            "net/sf/jasperreports/fonts/dejavu/DejaVuSansCondensed.ttf";
    private static final String BOLD_FILE =
            "net/sf/jasperreports/fonts/dejavu/DejaVuSansCondensed-Bold.ttf";

    /** For what the others lack: Chinese and Japanese, Korean. */
    private static final List<String> MORE_FILES =
            List.of("fonts/DroidSansFallbackFull.ttf", "fonts/NanumSquareR.ttf");

    private static final int NORMAL = 400;
    private static final int BOLD = 700;

    private final ITemplateEngine templates;
    private final String styles;

    /** Read when it is first asked for, because that takes a while. */
    private static final class Letters {
        static final Lettering OURS =
                MORE_FILES.stream()
                        .map(path -> Lettering.of(file(path)))
                        .reduce(
                                Lettering.of(file(FONT_FILE)).and(Lettering.of(file(BOLD_FILE))),
                                Lettering::or);
    }

    SheetPrinter(ITemplateEngine templates) {
        this.templates = templates;
        this.styles = text("static/assets/sheet.css");
        // It tells of each step on a log of its own, which ours does not reach
        XRLog.listRegisteredLoggers().forEach(log -> XRLog.setLevel(log, Level.SEVERE));
    }

    private static String text(String path) {
        try {
            return new ClassPathResource(path).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    byte[] pdf(Sheet sheet) {
        String page =
                templates.process(
                        "invoice/pdf",
                        new Context(Locale.ENGLISH, Map.of("sheet", sheet, "styles", styles)));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        PdfRendererBuilder builder =
                new PdfRendererBuilder()
                        .withHtmlContent(Letters.OURS.tell(page), null)
                        .useFont(() -> file(FONT_FILE), FONT, NORMAL, FontStyle.NORMAL, true)
                        .useFont(() -> file(BOLD_FILE), FONT, BOLD, FontStyle.NORMAL, true)
                        .useUnicodeBidiSplitter(new ICUBidiSplitter.ICUBidiSplitterFactory())
                        .useUnicodeBidiReorderer(new ICUBidiReorderer())
                        .defaultTextDirection(TextDirection.LTR)
                        .withProducer("IGNY8")
                        .toStream(file);
        for (String more : MORE_FILES) {
            builder.useFont(
                    () -> file(more),
                    more,
                    NORMAL,
                    FontStyle.NORMAL,
                    true,
                    EnumSet.of(FSFontUseCase.FALLBACK_FINAL));
        }
        for (ExternalResourceControlPriority moment : ExternalResourceControlPriority.values()) {
            builder.useExternalResourceAccessControl((address, type) -> false, moment);
        }
        try {
            builder.run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return file.toByteArray();
    }

    private static InputStream file(String path) {
        try {
            return new ClassPathResource(path).getInputStream();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
