package com.igny8.console;

import com.igny8.invoice.InvoiceFile;
import com.igny8.invoice.RevenueFile;
import com.igny8.kernel.Days;
import com.igny8.payment.PaymentFile;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Files for the accountants of the operator, for people. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class ConsoleExportPages {
    private final InvoiceFile invoices;
    private final PaymentFile payments;
    private final RevenueFile revenue;
    private final Clock clock;

    ConsoleExportPages(
            InvoiceFile invoices, PaymentFile payments, RevenueFile revenue, Clock clock) {
        this.invoices = invoices;
        this.payments = payments;
        this.revenue = revenue;
        this.clock = clock;
    }

    /** Offers the month that is over. */
    @GetMapping("/console/exports")
    String exports(Model model) {
        LocalDate thisMonth =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).withDayOfMonth(1);
        model.addAttribute("from", thisMonth.minusMonths(1));
        model.addAttribute("to", thisMonth.minusDays(1));
        return "console/exports";
    }

    @GetMapping("/console/exports/invoices.csv")
    void invoices(
            @RequestParam LocalDate from, @RequestParam LocalDate to, HttpServletResponse response)
            throws IOException {
        invoices.write(new Days(from, to), response);
    }

    @GetMapping("/console/exports/payments.csv")
    void payments(
            @RequestParam LocalDate from, @RequestParam LocalDate to, HttpServletResponse response)
            throws IOException {
        payments.write(new Days(from, to), response);
    }

    @GetMapping("/console/exports/revenue.csv")
    void revenue(
            @RequestParam LocalDate from, @RequestParam LocalDate to, HttpServletResponse response)
            throws IOException {
        revenue.write(new Days(from, to), response);
    }
}
