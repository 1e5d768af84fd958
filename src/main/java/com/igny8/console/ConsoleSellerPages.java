package com.igny8.console;

import com.igny8.account.Country;
import com.igny8.account.Party;
import com.igny8.http.Form;
import com.igny8.invoice.Seller;
import com.igny8.invoice.Sellers;
import com.igny8.invoice.TaxRates;
import com.igny8.kernel.IfMatch;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Who sells, and with which taxes, for operators. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class ConsoleSellerPages {
    private static final String[] SELLER = {
        "name",
        "email",
        "address_line1",
        "address_line2",
        "city",
        "region",
        "postal_code",
        "country",
        "tax_id",
        "invoice_prefix",
        "days_to_pay"
    };
    private static final String[] RATE = {
        "country", "name", "percent", "is_inclusive", "effective_from"
    };

    private final Sellers sellers;
    private final TaxRates taxRates;

    ConsoleSellerPages(Sellers sellers, TaxRates taxRates) {
        this.sellers = sellers;
        this.taxRates = taxRates;
    }

    @GetMapping("/console/seller")
    String seller(Model model) {
        Seller seller = sellers.current();
        Party party = seller.party();
        Map<String, String> values = new HashMap<>();
        values.put("name", party.name());
        put(values, "email", party.email());
        put(values, "address_line1", party.addressLine1());
        put(values, "address_line2", party.addressLine2());
        put(values, "city", party.city());
        put(values, "region", party.region());
        put(values, "postal_code", party.postalCode());
        put(values, "country", party.country());
        put(values, "tax_id", party.taxId());
        values.put("invoice_prefix", seller.invoicePrefix());
        values.put("days_to_pay", Integer.toString(seller.daysToPay()));
        return showSeller(Form.sent(values, SELLER), model);
    }

    private static void put(Map<String, String> values, String field, @Nullable String value) {
        if (value != null) {
            values.put(field, value);
        }
    }

    private static String showSeller(Form form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("countries", Country.byName());
        return "console/seller";
    }

    @PostMapping("/console/seller")
    String changeSeller(
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, SELLER);
        try {
            sellers.change(seller(form).seller(), IfMatch.ANYTHING);
            next.addFlashAttribute("notice", "Saved. The next invoices will say so");
            return "redirect:/console/seller";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return showSeller(form.refused(problem), model);
        }
    }

    private static ConsoleSellerApi.SellerBody seller(Form form) {
        return new ConsoleSellerApi.SellerBody(
                form.value("name"),
                form.value("email"),
                form.value("address_line1"),
                form.value("address_line2"),
                form.value("city"),
                form.value("region"),
                form.value("postal_code"),
                form.value("country"),
                form.value("tax_id"),
                form.value("invoice_prefix").strip(),
                days(form.value("days_to_pay").strip()));
    }

    private static int days(String typed) {
        try {
            return Integer.parseInt(typed);
        } catch (NumberFormatException notANumber) {
            throw Problem.invalid("days_to_pay", "Enter a number of days");
        }
    }

    @GetMapping("/console/tax-rates")
    String taxRates(Model model) {
        return showRates(Form.sent(Map.of("name", "VAT"), RATE), model);
    }

    private String showRates(Form form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("rates", taxRates.all());
        model.addAttribute("countries", Country.byName());
        return "console/tax-rates";
    }

    @PostMapping("/console/tax-rates")
    String addRate(
            @RequestParam Map<String, String> sent,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Form form = Form.sent(sent, RATE);
        try {
            taxRates.add(rate(form));
            next.addFlashAttribute("notice", "The tax rate is added");
            return "redirect:/console/tax-rates";
        } catch (Problem problem) {
            response.setStatus(problem.status());
            return showRates(form.refused(problem), model);
        }
    }

    private static TaxRates.NewRate rate(Form form) {
        return new TaxRates.NewRate(
                form.value("country"),
                form.value("name"),
                ConsoleSellerApi.percent(form.value("percent").strip()),
                form.value("is_inclusive").equals("true"),
                day(form.value("effective_from")));
    }

    /** The beginning of a day in UTC; null where none was typed. */
    private static @Nullable Instant day(String typed) {
        try {
            return typed.isBlank()
                    ? null
                    : LocalDate.parse(typed).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException notADay) {
            throw Problem.invalid("effective_from", "Enter a date, as 2027-01-01");
        }
    }

    @PostMapping("/console/tax-rates/{id}/withdraw")
    String withdrawRate(@PathVariable UUID id, RedirectAttributes next) {
        taxRates.withdraw(id);
        next.addFlashAttribute("notice", "The tax rate that was to come is withdrawn");
        return "redirect:/console/tax-rates";
    }
}
