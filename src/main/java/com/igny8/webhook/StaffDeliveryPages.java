package com.igny8.webhook;

import com.igny8.kernel.PageRequest;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import java.util.UUID;
import java.util.stream.Stream;

/** What was sent to whose endpoints, in the console. */
@Controller
@RequestMapping("/console/webhook-deliveries")
@Ungated(Ungated.To.EVERYBODY)
class StaffDeliveryPages {
    private final Deliveries deliveries;

    StaffDeliveryPages(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @GetMapping
    String list(
            @RequestParam(required = false) @Nullable String status,
            PageRequest page,
            Model model) {
        return show(Delivery.Status.filter(status), page, model);
    }

    private String show(Delivery.@Nullable Status status, PageRequest page, Model model) {
        model.addAttribute("status", status == null ? null : status.key());
        model.addAttribute(
                "states", Stream.of(Delivery.Status.values()).map(Delivery.Status::key).toList());
        model.addAttribute("deliveries", deliveries.everywhere(status, page));
        return "webhook/all-deliveries";
    }

    @PostMapping("/{id}/resend")
    String resend(
            @PathVariable UUID id,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            deliveries.resendAnywhere(id);
            next.addFlashAttribute("notice", "It is sent again");
            return "redirect:/console/webhook-deliveries";
        } catch (Problem problem) {
            if (problem.status() == HttpServletResponse.SC_NOT_FOUND) {
                throw problem;
            }
            response.setStatus(problem.status());
            model.addAttribute("problem", problem);
            return show(null, PageRequest.first(), model);
        }
    }
}
