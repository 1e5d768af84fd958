package com.igny8.invoice;

import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Invoices and credit notes as files to keep. */
@Component
public class PdfAnswer {
    private final SheetPrinter printer;

    PdfAnswer(SheetPrinter printer) {
        this.printer = printer;
    }

    public ResponseEntity<byte[]> of(Invoice invoice) {
        return of(Sheet.of(invoice));
    }

    public ResponseEntity<byte[]> of(CreditNote note) {
        return of(Sheet.of(note));
    }

    private ResponseEntity<byte[]> of(Sheet sheet) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(sheet.number() + ".pdf")
                                .build()
                                .toString())
                .body(printer.pdf(sheet));
    }
}
