package com.igny8.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.mail.Message;
import com.igny8.mail.Outbox;
import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class MailPagesTests {
    private static final String LINK = "/verify-email?token=";

    private final Product product = Product.running();

    @Test
    void withoutAMailServerLettersCanBeReadInTheConsole() {
        Customer customer = product.signUp();
        PageClient operator = PageClient.signedIn(product, Operator.of(product).email());

        String found = operator.get("/console/mails?search=" + customer.email()).expect(200).body();

        assertThat(found).contains(customer.email(), "Confirm your email address", LINK);
        assertThat(operator.get("/console/mails?search=nobody-has-this").expect(200).body())
                .doesNotContain(customer.email())
                .contains("Nothing found");
    }

    @Test
    void readingThemIsWrittenDownOnceAnHour() {
        Operator operator = Operator.of(product);
        PageClient browser = PageClient.signedIn(product, operator.email());

        browser.get("/console/mails").expect(200);
        browser.get("/console/mails?search=somebody").expect(200);

        assertThat(
                        product.sql()
                                .sql(
                                        """
                                        SELECT count(*) FROM audit_entry
                                         WHERE action = 'mails.read' AND actor_id = ?
                                        """)
                                .param(operator.userId())
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void whereMailsAreSentTheirLinksAreForWhoGetsThemAlone() {
        Customer customer = product.signUp();
        String operator = Operator.of(product).email();
        // Nothing listens there: the letter stays, but it is on its way
        try (Product node = product.node("--igny8.smtp-url=smtp://127.0.0.1:1")) {
            String found =
                    PageClient.signedIn(node, operator)
                            .get("/console/mails?search=" + customer.email())
                            .expect(200)
                            .body();

            assertThat(found)
                    .contains(customer.email(), "Confirm your email address")
                    .doesNotContain(LINK);
        }
    }

    @Test
    void lettersThatAreLaidOutCanBeLookedAt() {
        String recipient = Product.freshEmail();
        product.bean(Outbox.class)
                .post(
                        Message.to(recipient, "test", "What you owe")
                                .say("Hello <b>Ada</b>,")
                                .tell("Total", "$139.00")
                                .tell("Due", "8 March 2027")
                                .link("See it", "https://example.com/?a=1&b=2"));
        PageClient operator = PageClient.signedIn(product, Operator.of(product).email());
        String page = operator.get("/console/mails?search=" + recipient).expect(200).body();
        assertThat(page)
                .contains(
                        "Total: $139.00\nDue: 8 March 2027\n\nSee it:\n\nhttps://example.com/?a=1");
        Matcher address = Pattern.compile("/console/mails/[0-9a-f-]{36}").matcher(page);
        assertThat(address.find()).isTrue();

        Reply letter = operator.get(address.group()).expect(200);

        assertThat(letter.body())
                .contains(
                        "Hello &lt;b&gt;Ada",
                        "$139.00",
                        "href=\"https://example.com/?a=1&amp;b=2\"");
        assertThat(letter.header("Content-Security-Policy"))
                .contains("default-src 'none'", "sandbox");
        operator.get("/console/mails/" + UUID.randomUUID()).expect(404);
    }

    @Test
    void customersDoNotReadThem() {
        PageClient.signedIn(product, product.signUp().email()).get("/console/mails").expect(403);
    }

    @Test
    void everyKindOfLetterCanBeLookedAt() {
        PageClient operator = PageClient.signedIn(product, Operator.of(product).email());
        Document list = Jsoup.parse(operator.get("/console/mails/samples").expect(200).body());
        String address = list.select("a:contains(Your free trial ends on)").attr("href");

        Document page = Jsoup.parse(operator.get(address).expect(200).body());

        assertThat(page.select("pre").text())
                .contains("Your free trial ends on 1 April 2027", "/account/plan");
        assertThat(page.select("a[rel=prev], a[rel=next]")).hasSize(2);
        Reply letter = operator.get(page.select("iframe").attr("src")).expect(200);
        assertThat(letter.header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'self'", "sandbox");
        assertThat(Jsoup.parse(letter.body()).select("a").eachText()).contains("Choose a plan");
        operator.get("/console/mails/samples/nothing").expect(404);
    }
}
