package com.igny8.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Team;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Streams go on for minutes: they must not outlast the seat of who follows them. */
class RemovedMemberStreamTests {
    private final Product product = Product.running();
    private final Team team = Team.of(product);
    private final UUID site = team.owner().addSite();

    @Test
    @Timeout(20)
    void aStreamEndsWithTheSeat() throws Exception {
        Customer editor = team.join("editor", site);

        assertEndsAfter(
                editor,
                () -> team.owner().api().delete("auth/users/" + editor.userId() + "/").expect(200));
    }

    @Test
    @Timeout(20)
    void aStreamEndsWithTheAccessToItsSite() throws Exception {
        Customer editor = team.join("editor", site);
        String grant =
                team.owner()
                        .api()
                        .get("auth/site-access/?user=" + editor.userId())
                        .results()
                        .get(0)
                        .path("id")
                        .asString();

        assertEndsAfter(
                editor,
                () -> team.owner().api().delete("auth/site-access/" + grant + "/").expect(200));
    }

    /** The job never ends: whatever ends the stream, it is not the job. */
    private void assertEndsAfter(Customer editor, Runnable end) throws Exception {
        UUID job = endlessJob(editor);
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "%s/api/v1/jobs/%s/events/"
                                                .formatted(product.address(), job)))
                        .header("Authorization", "Bearer " + editor.access())
                        .build();
        try (HttpClient client = HttpClient.newHttpClient();
                var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        client.send(
                                                        request,
                                                        HttpResponse.BodyHandlers.ofInputStream())
                                                .body(),
                                        StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("event:job");

            end.run();

            assertThat(lines.lines().count()).isNotNegative(); // Reads until it is over
        }
    }

    private UUID endlessJob(Customer whose) {
        return product.sql()
                .sql(
                        """
                        INSERT INTO job (account_id, type, status, site_id, payload, created_by,
                            run_at, created_at)
                        VALUES (?, 'clustering', 'queued', ?, '{}', ?, now() + interval '1 day',
                            now())
                        RETURNING id
                        """)
                .params(team.owner().accountId(), site, whose.userId())
                .query(UUID.class)
                .single();
    }
}
