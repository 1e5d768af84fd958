package com.igny8.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.account.Party;
import com.igny8.kernel.Money;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

/** What is printed is read back from the file; pictures are left below target/screenshots. */
class SheetPrinterTests {
    private static final Path SHOTS = Path.of("target/screenshots");
    private static final Instant ISSUED = Instant.parse("2026-11-21T14:00:00Z");
    private static final Tax VAT =
            new Tax(Tax.Treatment.TAXED, "VAT", new BigDecimal("19.000"), false);

    private static final Party SELLER =
            new Party(
                    "IGNY8 Ltd",
                    "billing@igny8.example",
                    "1 Harbour Street",
                    null,
                    "Dublin",
                    null,
                    "D02 X285",
                    "IE",
                    "IE1234567FA");
    private static final List<InvoiceLine> LINES = List.of(month(13_900, "EUR"));

    private static final Party ADA =
            new Party(
                    "Analytical Engines GmbH",
                    "ada@example.com",
                    "Unter den Linden 1",
                    null,
                    "Berlin",
                    null,
                    "10117",
                    "DE",
                    "DE123456789");

    private final SheetPrinter printer = new SheetPrinter(templates());

    private static SpringTemplateEngine templates() {
        var resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix("templates/");
        resolver.setSuffix(".html");
        var engine = new SpringTemplateEngine();
        engine.setTemplateResolver(resolver);
        return engine;
    }

    @Test
    void anInvoiceSaysAllThatALawAsksFor() throws IOException {
        Printed printed = print("open", invoice(ADA, VAT, List.of(month(13_900, "EUR"))));

        assertThat(printed.pages()).isEqualTo(1);
        assertThat(printed.text())
                .contains(
                        "Invoice",
                        "IGN-2026-000123",
                        "IGNY8 Ltd",
                        "D02 X285 Dublin",
                        "VAT id IE1234567FA",
                        "Billed to",
                        "Analytical Engines GmbH",
                        "10117 Berlin",
                        "Germany",
                        "VAT id DE123456789",
                        "21 Nov 2026",
                        "28 Nov 2026",
                        "Growth, one month",
                        "21 Nov 2026 – 21 Dec 2026",
                        "€139.00",
                        "VAT 19%",
                        "€26.41",
                        "€165.41",
                        "Please pay €165.41 by 28 Nov 2026",
                        "Page 1 of 1");
    }

    @Test
    void whatBecameOfItIsStamped() throws IOException {
        Invoice open = invoice(ADA, VAT, List.of(month(13_900, "EUR")));

        assertThat(print("paid", with(open, Invoice.Status.PAID, open.total())).text())
                .contains("PAID", "To pay €0.00")
                .doesNotContain("Please pay");
        assertThat(print("void", with(open, Invoice.Status.VOID, Money.zero("EUR"))).text())
                .contains("VOID", "nothing is to be paid")
                .doesNotContain("Please pay", "To pay");
    }

    @Test
    void reverseChargeIsExplained() throws IOException {
        assertThat(
                        print(
                                        "reverse-charge",
                                        invoice(
                                                ADA,
                                                Tax.REVERSE_CHARGE,
                                                List.of(month(13_900, "EUR"))))
                                .text())
                .contains("Reverse charge", "Article", "2006/112/EC", "€0.00", "DE123456789");
    }

    @Test
    void longNamesAreBrokenAndNothingIsCutOff() throws IOException {
        Party longName =
                new Party(
                        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
                                + " & Söhne Verwaltungsgesellschaft mit beschränkter Haftung"
                                + " & Compagnie Kommanditgesellschaft",
                        "a-very-long-address-that-goes-on-and-on@a-very-long-domain-name-for-mails.example",
                        "Am-Alten-Hafen-Und-Hinter-Der-Neuen-Schleuse-Straße 1234567890",
                        "Hinterhaus, dritter Stock, links, bitte zweimal läuten",
                        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch",
                        "Isle of Anglesey",
                        "LL61 5UJ",
                        "GB",
                        "GB123456789012");
        InvoiceLine line =
                InvoiceLine.of(
                        "x".repeat(140) + " and more of it", 1_000, money(99_999_999, "USD"));

        Printed printed = print("long", invoice(longName, VAT, List.of(line)));

        assertThat(printed.text().replaceAll("\\s", ""))
                .contains(
                        "hauptbetriebswerkbauunterbeamtengesellschaft",
                        "$999,999,990.00",
                        "llantysiliogogoch")
                .contains("x".repeat(140));
    }

    @Test
    void namesFromRightToLeftReadAsTheyAreWritten() throws IOException {
        Party arabic =
                new Party(
                        "شركة المحركات التحليلية",
                        "ada@example.com",
                        "شارع الملك فهد 12",
                        null,
                        "الرياض",
                        null,
                        "11564",
                        "SA",
                        "300012345600003");
        Party hebrew =
                new Party(
                        "מנועים אנליטיים בע\"מ",
                        null,
                        "רחוב הרצל 7",
                        null,
                        "תל אביב",
                        null,
                        null,
                        "IL",
                        null);

        // The letters of Arabic stand in the file in the forms they take beside each other, and
        // from
        // left to right as they are drawn: sorted back, they are the name
        assertThat(print("arabic", invoice(arabic, Tax.NONE, List.of(month(5_000, "SAR")))).text())
                .contains("11564", "SAR 50.00")
                .doesNotContain("#");
        assertThat(print("hebrew", invoice(hebrew, Tax.NONE, List.of(month(5_000, "ILS")))).text())
                .contains("הרצל", "₪50.00")
                .doesNotContain("#");
    }

    @Test
    void fortyLinesGoOnOverPagesWithTheirHeadAndNumbers() throws IOException {
        List<InvoiceLine> lines =
                IntStream.rangeClosed(1, 40)
                        .mapToObj(
                                number ->
                                        InvoiceLine.of(
                                                "Line number " + number, number, money(101, "EUR")))
                        .toList();

        Printed printed = print("forty", invoice(ADA, VAT, lines));

        assertThat(printed.pages()).isEqualTo(2);
        assertThat(printed.text()).contains("Page 1 of 2", "Page 2 of 2");
        assertThat(printed.text().split("Description", -1)).hasSize(3);
        assertThat(printed.text()).contains("Line number 1 ", "Line number 40 ");
    }

    @Test
    void currenciesHaveTheirOwnNumberOfDigits() throws IOException {
        assertThat(print("yen", invoice(ADA, Tax.NONE, List.of(month(13_900, "JPY")))).text())
                .contains("¥13,900")
                .doesNotContain("¥13,900.");
        assertThat(print("dinar", invoice(ADA, VAT, List.of(month(41_250, "KWD")))).text())
                .contains("KWD 41.250", "KWD 7.838", "KWD 49.088");
    }

    @Test
    void aCreditNoteNamesItsInvoice() throws IOException {
        Tax.Amounts amounts = VAT.on(money(1_000, "EUR"));
        CreditNote note =
                new CreditNote(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "IGN-2026-000123",
                        "IGN-CN-2026-000007",
                        VAT,
                        amounts,
                        Money.zero("EUR"),
                        amounts.total(),
                        Money.zero("EUR"),
                        "The site was down for three days",
                        ADA,
                        SELLER,
                        ISSUED);

        assertThat(print("credit-note", Sheet.of(note)).text())
                .contains(
                        "Credit note",
                        "IGN-CN-2026-000007",
                        "This corrects invoice IGN-2026-000123",
                        "The site was down for three days",
                        "€1.90",
                        "€11.90",
                        "Kept for the next invoices");
    }

    @ParameterizedTest
    @CsvSource({
        "japanese, 株式会社さくら商事, 東京都千代田区丸の内一丁目9番1号, JP",
        "chinese, 北京春天软件有限公司, 臺北市信義區市府路45號, CN",
        "korean, 주식회사 한강소프트웨어, 서울특별시 중구 세종대로 110, KR"
    })
    void namesOfEastAsiaAreWrittenAsTheyAre(
            String language, String name, String street, String country) throws IOException {
        Printed printed = print(language, invoice(at(name, street, country), VAT, LINES));

        assertThat(printed.text()).contains(name, street).doesNotContain("#");
    }

    /** Devanagari and Thai, for which there is no font, and what is no letter at all. */
    @Test
    void whatThereIsNoFontForIsToldInLatinLetters() throws IOException {
        Party buyer = at("भारत सॉफ्टवेयर \uD83C\uDF38", "ถนนพระราม 4", "IN");

        Printed printed = print("latin", invoice(buyer, VAT, LINES));

        assertThat(printed.text())
                .contains("bharata sophtaveyara \u25a1", "thnn phraram 4")
                .doesNotContain("#");
    }

    private static Party at(String name, String street, String country) {
        return new Party(name, "ada@example.com", street, null, null, null, null, country, null);
    }

    private static Money money(long minor, String currency) {
        return new Money(minor, currency);
    }

    private static InvoiceLine month(long minor, String currency) {
        return new InvoiceLine(
                "Growth, one month",
                1,
                money(minor, currency),
                ISSUED,
                Instant.parse("2026-12-21T14:00:00Z"),
                null);
    }

    private static Invoice invoice(Party buyer, Tax tax, List<InvoiceLine> lines) {
        String currency = lines.getFirst().unit().currency();
        Money sum =
                lines.stream().map(InvoiceLine::amount).reduce(Money.zero(currency), Money::plus);
        return new Invoice(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "IGN-2026-000123",
                Invoice.Status.OPEN,
                Invoice.Purpose.MANUAL,
                null,
                null,
                tax,
                tax.on(sum),
                Money.zero(currency),
                Money.zero(currency),
                buyer,
                SELLER,
                lines,
                ISSUED,
                ISSUED,
                Instant.parse("2026-11-28T14:00:00Z"),
                null,
                null);
    }

    private static Invoice with(Invoice open, Invoice.Status status, Money paid) {
        return new Invoice(
                open.accountId(),
                open.id(),
                open.number(),
                status,
                open.purpose(),
                null,
                null,
                open.tax(),
                open.amounts(),
                paid,
                open.credited(),
                open.billedTo(),
                open.soldBy(),
                open.lines(),
                open.createdAt(),
                open.issuedAt(),
                open.dueAt(),
                paid.isPositive() ? ISSUED : null,
                paid.isPositive() ? ISSUED : null);
    }

    private record Printed(int pages, String text) {}

    private Printed print(String name, Invoice invoice) throws IOException {
        return print(name, Sheet.of(invoice));
    }

    /** Each letter lies on its page, and the words do not lie on each other. */
    private Printed print(String name, Sheet sheet) throws IOException {
        try (PDDocument file = Loader.loadPDF(printer.pdf(sheet))) {
            Files.createDirectories(SHOTS);
            PDFRenderer pictures = new PDFRenderer(file);
            for (int page = 0; page < file.getNumberOfPages(); page++) {
                ImageIO.write(
                        pictures.renderImageWithDPI(page, 90),
                        "png",
                        SHOTS.resolve("invoice-%s-%d.png".formatted(name, page + 1)).toFile());
            }
            String text =
                    new PDFTextStripper() {
                        @Override
                        protected void writeString(String text, List<TextPosition> positions)
                                throws IOException {
                            positions.forEach(position -> assertOnPage(getCurrentPage(), position));
                            super.writeString(text, positions);
                        }
                    }.getText(file);
            return new Printed(file.getNumberOfPages(), text);
        }
    }

    private static void assertOnPage(PDPage page, TextPosition letter) {
        assertThat(letter.getX()).as(letter.toString()).isGreaterThanOrEqualTo(40);
        assertThat(letter.getX() + letter.getWidth())
                .as(letter.toString())
                .isLessThanOrEqualTo(page.getMediaBox().getWidth() - 40);
        assertThat(letter.getY()).isBetween(20f, page.getMediaBox().getHeight() - 20);
    }
}
