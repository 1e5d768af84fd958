package com.igny8.credit;

import com.igny8.kernel.Days;
import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an account has, and where it went, for people. */
@Controller
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class CreditPages {
    private static final int PAGE_SIZE = 50;

    private final Ledger ledger;
    private final Statements statements;
    private final Usage usage;
    private final JsonMapper json;

    CreditPages(Ledger ledger, Statements statements, Usage usage, JsonMapper json) {
        this.ledger = ledger;
        this.statements = statements;
        this.usage = usage;
        this.json = json;
    }

    /** A point of the balance's curve. */
    record Point(String at, long balance) {
        static Point of(Entry entry) {
            return new Point(entry.createdAt().toString(), entry.balanceAfter());
        }
    }

    @GetMapping("/account/credits")
    String statement(@RequestParam(required = false) @Nullable Long cursor, Model model) {
        Tenancy.caller().require(Role.ADMIN);
        List<Entry> entries = statements.entries(cursor, PAGE_SIZE + 1);
        List<Entry> page = entries.stream().limit(PAGE_SIZE).toList();
        model.addAttribute("balance", ledger.balance());
        model.addAttribute("entries", page);
        model.addAttribute("count", statements.count(Statements.Filter.NONE));
        model.addAttribute("isFirstPage", cursor == null);
        model.addAttribute("older", entries.size() > PAGE_SIZE ? page.getLast().id() : null);
        model.addAttribute(
                "curve", json.writeValueAsString(page.reversed().stream().map(Point::of).toList()));
        return "credit/statement";
    }

    @GetMapping("/account/credits/statement.csv")
    void download(HttpServletResponse response) throws IOException {
        Tenancy.caller().require(Role.ADMIN);
        StatementFile.write(statements, Statements.Filter.NONE, response);
    }

    /** A bar of the days' chart. */
    record Bar(String day, long credits) {}

    @GetMapping("/account/credits/usage")
    String usage(Model model) {
        Tenancy.caller().require(Role.ADMIN);
        Days days = usage.days(null, null);
        List<Usage.Part> byDay = usage.by(Usage.By.DAY, days);
        Map<String, List<Usage.Part>> tables = new LinkedHashMap<>();
        tables.put("operation", usage.by(Usage.By.OPERATION, days));
        tables.put("site", usage.by(Usage.By.SITE, days));
        tables.put("member", usage.by(Usage.By.MEMBER, days));
        model.addAttribute("days", days);
        model.addAttribute("byDay", byDay);
        model.addAttribute("tables", tables);
        model.addAttribute("points", json.writeValueAsString(bars(days, byDay)));
        return "credit/usage";
    }

    /** Each day has its bar, also those on which nothing was used. */
    private static List<Bar> bars(Days days, List<Usage.Part> byDay) {
        Map<String, Long> used = new LinkedHashMap<>();
        byDay.forEach(part -> used.put(part.key(), part.credits()));
        return days.from()
                .datesUntil(days.to().plusDays(1))
                .map(day -> new Bar(day.toString(), used.getOrDefault(day.toString(), 0L)))
                .toList();
    }
}
