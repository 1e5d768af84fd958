package com.igny8.credit;

import com.igny8.tenancy.Role;
import com.igny8.tenancy.Tenancy;
import com.igny8.tenancy.Ungated;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;

/** What an account has, and where it went, for people. */
@Controller
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class CreditPages {
    private static final int PAGE_SIZE = 50;

    private final Ledger ledger;
    private final JsonMapper json;

    CreditPages(Ledger ledger, JsonMapper json) {
        this.ledger = ledger;
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
        List<Entry> entries = ledger.entries(cursor, Optional.empty(), PAGE_SIZE + 1);
        List<Entry> page = entries.stream().limit(PAGE_SIZE).toList();
        model.addAttribute("balance", ledger.balance());
        model.addAttribute("entries", page);
        model.addAttribute("count", ledger.count());
        model.addAttribute("isFirstPage", cursor == null);
        model.addAttribute("older", entries.size() > PAGE_SIZE ? page.getLast().id() : null);
        model.addAttribute(
                "curve", json.writeValueAsString(page.reversed().stream().map(Point::of).toList()));
        return "credit/statement";
    }
}
