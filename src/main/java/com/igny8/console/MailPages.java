package com.igny8.console;

import com.igny8.kernel.PageRequest;
import com.igny8.mail.Mails;
import com.igny8.tenancy.AuditLog;
import com.igny8.tenancy.Ungated;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

import java.util.UUID;

/** Letters the product wrote: where no mail server is configured, the place to read them. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class MailPages {
    private final Mails mails;
    private final AuditLog auditLog;

    MailPages(Mails mails, AuditLog auditLog) {
        this.mails = mails;
        this.auditLog = auditLog;
    }

    @GetMapping("/console/mails")
    String mails(PageRequest page, Model model) {
        // In the log of the operator's account: the letters are many people's
        auditLog.recordLook("mails.read", "mails");
        model.addAttribute("mails", mails.search(page));
        model.addAttribute("areDelivered", mails.areDelivered());
        return "console/mails";
    }

    /** A letter as mail programs show it. */
    @GetMapping(value = "/console/mails/{id}", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> letter(@PathVariable UUID id) {
        return LetterPage.of(mails.html(id));
    }
}
