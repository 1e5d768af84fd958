package com.igny8.bank;

import com.igny8.http.UploadedFile;
import com.igny8.kernel.Problem;
import com.igny8.tenancy.Ungated;

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

import java.util.UUID;

/** Paying an invoice by bank transfer. */
@Controller
@RequestMapping("/account/invoices/{id}/bank-transfer")
@Ungated(Ungated.To.OWNER_OF_SUSPENDED)
class BankTransferPages {
    private final BankTransfers transfers;

    BankTransferPages(BankTransfers transfers) {
        this.transfers = transfers;
    }

    @GetMapping
    String instructions(@PathVariable UUID id, Model model) {
        return show(transfers.of(id), null, model);
    }

    private static String show(BankTransfer transfer, @Nullable Problem problem, Model model) {
        model.addAttribute("transfer", transfer);
        model.addAttribute("problem", problem);
        return "bank/transfer";
    }

    @PostMapping
    String begin(@PathVariable UUID id) {
        transfers.begin(id);
        return "redirect:/account/invoices/" + id + "/bank-transfer";
    }

    @PostMapping("/proof")
    String announce(
            @PathVariable UUID id,
            @RequestParam MultipartFile file,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            var proof = new UploadedFile(file);
            transfers.announce(id, proof.name(), proof.content());
            next.addFlashAttribute("notice", "Thank you. We look for your transfer");
            return "redirect:/account/invoices/" + id + "/bank-transfer";
        } catch (Problem problem) {
            if (problem.fields().isEmpty() && problem.status() != 413) {
                throw problem;
            }
            response.setStatus(problem.status());
            return show(transfers.of(id), problem, model);
        }
    }
}
