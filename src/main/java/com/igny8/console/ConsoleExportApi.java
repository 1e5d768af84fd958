package com.igny8.console;

import com.igny8.invoice.InvoiceFile;
import com.igny8.invoice.RevenueFile;
import com.igny8.kernel.Days;
import com.igny8.payment.PaymentFile;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.time.LocalDate;

/** Files for the accountants of the operator, for programs. */
@Tag(name = "Console")
@ApiResponse(
        responseCode = "200",
        description = "The file",
        content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
@RestController
@RequestMapping("/api/v1/console/exports")
@Ungated(Ungated.To.EVERYBODY)
class ConsoleExportApi {
    private final InvoiceFile invoices;
    private final PaymentFile payments;
    private final RevenueFile revenue;

    ConsoleExportApi(InvoiceFile invoices, PaymentFile payments, RevenueFile revenue) {
        this.invoices = invoices;
        this.payments = payments;
        this.revenue = revenue;
    }

    @Operation(
            summary = "Invoices as CSV",
            description =
                    "For operators: invoices and credit notes issued from one day to another, in"
                            + " UTC; credit notes below zero, amounts in major units.")
    @GetMapping("/invoices/")
    void invoices(
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            HttpServletResponse response)
            throws IOException {
        invoices.write(Days.of(from, to), response);
    }

    @Operation(
            summary = "Payments as CSV",
            description =
                    "For operators: payments and refunds settled from one day to another, in UTC;"
                            + " refunds below zero, amounts in major units.")
    @GetMapping("/payments/")
    void payments(
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            HttpServletResponse response)
            throws IOException {
        payments.write(Days.of(from, to), response);
    }

    @Operation(
            summary = "Revenue as CSV",
            description =
                    "For operators: what was earned in the months of these days, without tax. Lines"
                            + " for a period are earned evenly over it, others when they are paid;"
                            + " credit notes take back.")
    @GetMapping("/revenue/")
    void revenue(
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            HttpServletResponse response)
            throws IOException {
        revenue.write(Days.of(from, to), response);
    }
}
