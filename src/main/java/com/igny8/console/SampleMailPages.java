package com.igny8.console;

import com.igny8.mail.SampleLetters;
import com.igny8.mail.SampleLetters.Sample;
import com.igny8.tenancy.Ungated;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

import java.util.List;
import java.util.Objects;

/** Every kind of letter there is, as customers get it. */
@Controller
@Ungated(Ungated.To.EVERYBODY)
class SampleMailPages {
    private final SampleLetters samples;

    SampleMailPages(SampleLetters samples) {
        this.samples = samples;
    }

    @GetMapping("/console/mails/samples")
    String samples(Model model) {
        model.addAttribute("samples", samples.all());
        return "console/mail-samples";
    }

    @GetMapping("/console/mails/samples/{template}")
    String sample(@PathVariable String template, Model model) {
        Sample sample = samples.get(template);
        List<Sample> all = samples.all();
        int index = all.indexOf(sample);
        model.addAttribute("sample", sample);
        model.addAttribute("previous", index == 0 ? null : all.get(index - 1));
        model.addAttribute("next", index == all.size() - 1 ? null : all.get(index + 1));
        return "console/mail-sample";
    }

    /** The letter alone, for a frame on its page. */
    @GetMapping(
            value = "/console/mails/samples/{template}/letter",
            produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> letter(@PathVariable String template) {
        return LetterPage.framed(Objects.requireNonNull(samples.get(template).letter().html()));
    }
}
