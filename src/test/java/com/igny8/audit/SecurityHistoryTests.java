package com.igny8.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Operator;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class SecurityHistoryTests {
    private final Product product = Product.running();
    private final Customer customer = product.signUp();

    private void guess(String email, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            // Past the pause there is by then
            product.clock()
                    .later(
                            Duration.ofMinutes(2L * i),
                            () ->
                                    product.api()
                                            .post(
                                                    "auth/login/",
                                                    Map.of("email", email, "password", "wrong"))
                                            .expect(401));
        }
    }

    private static List<String> sentences(PageClient reader, String path) {
        Document page = Jsoup.parse(reader.get(path).expect(200).body());
        return page.select("td[data-label=What]").eachText();
    }

    @Test
    void peopleSeeWhatWasTriedOnTheirAddressAndWhatTheyDidThemselves() throws Exception {
        Customer other = product.signUp();
        guess(customer.email(), 1);
        guess(other.email(), 2);
        PageClient mine = PageClient.signedIn(customer);

        assertThat(sentences(mine, "/profile/activity"))
                .containsExactly("Signed in", "Somebody tried a wrong password");
    }

    @Test
    void operatorsSeeWrongPasswordsAndLocksOfAnAddress() throws Exception {
        guess(customer.email(), 10);
        PageClient operator = PageClient.signedIn(product, Operator.of(product).email());
        String path = "/console/security?email=" + customer.email();

        assertThat(sentences(operator, path))
                .hasSize(11)
                .containsOnlyOnce("Too many wrong tries: stopped for a while");
        assertThat(sentences(operator, path + "&event=sign_in.locked")).hasSize(1);
        assertThat(operator.get("/console/security?email=nobody@example.com").body())
                .contains("Nothing found");
        assertThat(operator.get("/console/security").expect(200).body())
                .doesNotContain(customer.email());
    }

    @Test
    void theListGoesOnFromPageToPage() throws Exception {
        guess(customer.email(), 2);
        PageClient operator = PageClient.signedIn(product, Operator.of(product).email());
        product.sql()
                .sql(
                        """
                        INSERT INTO security_event (event, subject, email_fingerprint, created_at)
                        SELECT 'sign_in.failed', 'so***@example.com', email_fingerprint,
                               created_at - n * interval '1 minute'
                          FROM security_event, generate_series(1, 30) n
                         WHERE email_fingerprint = (SELECT email_fingerprint FROM security_event
                            WHERE id = (SELECT max(id::text)::uuid FROM security_event
                               WHERE event = 'sign_in.failed'))
                        """)
                .update();
        String path = "/console/security?email=" + customer.email();

        Document first = Jsoup.parse(operator.get(path).expect(200).body());
        Document second =
                Jsoup.parse(
                        operator.get(first.select("a[rel=next]").attr("href")).expect(200).body());

        assertThat(first.select("tbody tr")).hasSize(50);
        assertThat(second.select("tbody tr")).hasSize(12);
        assertThat(second.select("a[rel=next]")).isEmpty();
    }

    @Test
    void customersDoNotSeeThoseOfOthers() {
        PageClient.signedIn(customer).get("/console/security").expect(403);
    }
}
