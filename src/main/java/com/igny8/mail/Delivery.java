package com.igny8.mail;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * Carries the outbox to the mail server of {@code IGNY8_SMTP_URL} ({@code
 * smtp[s]://user:password@host:port}). Without one, letters wait in the outbox.
 */
@Configuration(proxyBeanMethods = false)
class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int BATCH = 50;
    private static final int TIMEOUT_MILLIS = 10_000;

    @Bean
    RecurringTask<Void> mailDelivery(
            MailQueue queue,
            @Value("${igny8.smtp-url}") String url,
            @Value("${igny8.mail-from}") String from) {
        Runnable run;
        if (url.isBlank()) {
            LOG.info("IGNY8_SMTP_URL is not set: mails stay in the outbox");
            run = () -> {};
        } else {
            JavaMailSenderImpl server = server(URI.create(url));
            run = () -> deliver(queue, server, from);
        }
        return Tasks.recurring("mail-delivery", FixedDelay.ofSeconds(5))
                .execute((instance, context) -> run.run());
    }

    private static void deliver(MailQueue queue, JavaMailSenderImpl server, String from) {
        for (MailQueue.Queued queued : queue.takeDue(BATCH)) {
            try {
                server.send(message -> write(queued.letter(), from, message));
                queue.markSent(queued.id());
            } catch (MailException failure) {
                LOG.warn(
                        "Mail {} was not delivered: {}",
                        queued.id(),
                        failure.getClass().getSimpleName());
                queue.markFailed(queued, failure.getClass().getSimpleName());
            }
        }
    }

    /** Where it is laid out, mail programs choose which of the two they show. */
    private static void write(Letter letter, String from, MimeMessage message)
            throws MessagingException {
        String html = letter.html();
        var parts = new MimeMessageHelper(message, html != null, StandardCharsets.UTF_8.name());
        parts.setFrom(from);
        parts.setTo(letter.recipient());
        parts.setSubject(letter.subject());
        if (html == null) {
            parts.setText(letter.text());
        } else {
            parts.setText(letter.text(), html);
        }
    }

    private static JavaMailSenderImpl server(URI url) {
        boolean implicitTls = "smtps".equals(url.getScheme());
        var server = new JavaMailSenderImpl();
        server.setProtocol(implicitTls ? "smtps" : "smtp");
        server.setHost(url.getHost());
        server.setPort(url.getPort() > 0 ? url.getPort() : implicitTls ? 465 : 587);
        server.setDefaultEncoding(StandardCharsets.UTF_8.name());
        String[] login =
                url.getUserInfo() == null ? new String[0] : url.getUserInfo().split(":", 2);
        if (login.length == 2) {
            server.setUsername(login[0]);
            server.setPassword(login[1]);
        }
        Properties properties = server.getJavaMailProperties();
        String prefix = "mail." + server.getProtocol() + ".";
        properties.put(prefix + "auth", login.length == 2);
        properties.put(prefix + "starttls.enable", !implicitTls);
        properties.put(prefix + "connectiontimeout", TIMEOUT_MILLIS);
        properties.put(prefix + "timeout", TIMEOUT_MILLIS);
        properties.put(prefix + "writetimeout", TIMEOUT_MILLIS);
        return server;
    }
}
