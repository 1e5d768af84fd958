package com.igny8.planner;

import static org.assertj.core.api.Assertions.assertThat;

import com.igny8.testing.Customer;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class KeywordImportApiTests {
    private static final String SEMRUSH =
            """
            Keyword,Search Volume,Keyword Difficulty,CPC,Intent
            crm software,"1,300",42,$1.20,Commercial
            CRM  Software,1300,42,1.20,Commercial
            best crm,n/a,140,0.015,Commercial
            what is a crm,590,,n/a,Informational
            """;

    private final Product product = Product.running();
    private final Customer customer = product.signUp();
    private final UUID site = customer.addSite();

    @Test
    void previewTellsAndStoresNothing() {
        Reply preview = send(SEMRUSH, Map.of("preview", "true")).expect(200);

        assertThat(preview.data().path("rows").asInt()).isEqualTo(4);
        assertThat(preview.data().path("valid").asInt()).isEqualTo(2);
        assertThat(preview.data().path("duplicates").asInt()).isEqualTo(1);
        assertThat(preview.data().path("imported").asInt()).isZero();
        assertThat(preview.data().path("invalid").get(0).toString())
                .isEqualTo(
                        """
                        {"row":4,"field":"difficulty","error":"must be between 0 and 100, found 140"}\
                        """);
        assertThat(product.count("keyword", customer.accountId())).isZero();
    }

    @Test
    void storesWhatIsRightAndKeepsWhatIsUnknownUnknown() {
        UUID sector = customer.addSector(site);

        Reply imported = send(SEMRUSH, Map.of("sector", sector.toString())).expect(200);

        assertThat(imported.data().path("imported").asInt()).isEqualTo(2);
        var rows =
                customer.api()
                        .get("planner/keywords/?site=" + site + "&ordering=keyword")
                        .results();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).path("keyword").asString()).isEqualTo("crm software");
        assertThat(rows.get(0).path("volume").asLong()).isEqualTo(1300);
        assertThat(rows.get(0).path("cpc").asDecimal()).isEqualByComparingTo("1.2");
        assertThat(rows.get(0).path("sector").asString()).isEqualTo(sector.toString());
        assertThat(rows.get(1).path("difficulty").isNull()).isTrue();
        assertThat(rows.get(1).path("cpc").isNull()).isTrue();
        assertThat(rows.get(1).path("intent").asString()).isEqualTo("informational");
    }

    @Test
    void importingAgainBringsUpToDateAndAddsNothing() {
        send("keyword,volume\ncrm,100\n", Map.of()).expect(200);

        Reply again = send("keyword,volume,kd\nCRM,200,7\nerp,5,\n", Map.of()).expect(200);

        assertThat(again.data().path("imported").asInt()).isEqualTo(1);
        var crm = customer.api().get("planner/keywords/?site=" + site + "&search=CRM").results();
        assertThat(crm).hasSize(1);
        assertThat(crm.get(0).path("volume").asLong()).isEqualTo(200);
        assertThat(crm.get(0).path("difficulty").asInt()).isEqualTo(7);
    }

    @Test
    void theContentTypeMayBeWrittenInCapitals() {
        String form =
                """
                --x\r
                Content-Disposition: form-data; name="site"\r
                \r
                %s\r
                --x\r
                Content-Disposition: form-data; name="file"; filename="k.csv"\r
                \r
                Keyword
                crm software\r
                --x--\r
                """
                        .formatted(site);

        customer.api()
                .with("Content-Type", "Multipart/Form-Data; boundary=x")
                .post("planner/keywords/import/", form)
                .expect(200);
    }

    /** In opposite orders, each would hold what the other waits for. */
    @Test
    void theSameKeywordsInTwoOrdersAtOnceAreAllStored() throws Exception {
        List<String> words = IntStream.range(0, 5_000).mapToObj(n -> "keyword " + n).toList();
        String there = "Keyword\n" + String.join("\n", words);
        String back = "Keyword\n" + String.join("\n", words.reversed());

        List<Future<Reply>> replies = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String file : List.of(there, back, there)) {
                replies.add(threads.submit(() -> send(file, Map.of())));
            }
        }

        int imported = 0;
        for (Future<Reply> reply : replies) {
            imported += reply.get().expect(200).data().path("imported").asInt();
        }
        assertThat(imported).isEqualTo(5_000);
        assertThat(product.count("keyword", customer.accountId())).isEqualTo(5_000);
    }

    @Test
    void oneAccountDoesNotReadManyFilesAtOnce() throws Exception {
        String file =
                "Keyword\n"
                        + IntStream.range(0, 60_000)
                                .mapToObj(n -> "keyword number " + n)
                                .collect(Collectors.joining("\n"));

        List<Future<Reply>> replies = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < 12; number++) {
                replies.add(threads.submit(() -> send(file, Map.of("preview", "true"))));
            }
        }

        List<Integer> statuses = new ArrayList<>();
        for (Future<Reply> reply : replies) {
            statuses.add(reply.get().status());
        }
        assertThat(statuses).contains(200, 429).containsOnly(200, 429);
        send(file, Map.of("preview", "true")).expect(200);
    }

    @Test
    void columnsNobodyCanTellAreAskedFor() {
        String file = "text,category\nwhere is my card,card\nhow do i top up,account\n";

        Reply refused = send(file, Map.of());
        refused.expectRefusal(400, "mapping_required");
        assertThat(refused.json().path("columns").get(0).path("name").asString()).isEqualTo("text");

        Reply imported = send(file, Map.of("mapping", "{\"text\":\"keyword\"}")).expect(200);
        assertThat(imported.data().path("imported").asInt()).isEqualTo(2);
        send(file, Map.of("mapping", "{\"text\":\"nonsense\"}")).expectInvalid("mapping");
        send(file, Map.of("mapping", "[1]")).expectInvalid("mapping");
    }

    @Test
    void theSameKeyImportsOnce() {
        var api = customer.api().once("import-" + site);
        byte[] file = SEMRUSH.getBytes(StandardCharsets.UTF_8);
        Map<String, String> fields = Map.of("site", site.toString());

        Reply first = api.upload("planner/keywords/import/", fields, "k.csv", file).expect(200);
        Reply second = api.upload("planner/keywords/import/", fields, "k.csv", file).expect(200);

        assertThat(second.data()).isEqualTo(first.data());
        api.upload(
                        "planner/keywords/import/",
                        fields,
                        "k.csv",
                        "keyword\nx\n".getBytes(StandardCharsets.UTF_8))
                .expectRefusal(422, "idempotency_key_reused");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesWhatIsNotAListOfKeywords(String name, byte[] file, String code) {
        Reply refused =
                customer.api().upload("planner/keywords/import/", fields(Map.of()), name, file);

        refused.expectRefusal(400, code);
        assertThat(refused.json().path("errors").has("file")).as(refused.body()).isTrue();
        assertThat(product.count("keyword", customer.accountId())).isZero();
    }

    static Stream<Arguments> refusesWhatIsNotAListOfKeywords() {
        byte[] png = HexFormat.of().parseHex("89504e470d0a1a0a0000000d4948445200000001");
        byte[] invalidUtf8 = HexFormat.of().parseHex("6b6579776f72640ac3280a");
        byte[] tooMany =
                IntStream.rangeClosed(1, KeywordFiles.MAX_ROWS + 1)
                        .mapToObj(number -> "keyword " + number)
                        .collect(Collectors.joining("\n", "keyword\n", "\n"))
                        .getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                Arguments.of("image.csv", png, "unsupported_file"),
                Arguments.of("empty.csv", new byte[0], "empty_file"),
                Arguments.of(
                        "head.csv", "keyword,volume\n".getBytes(StandardCharsets.UTF_8), "no_rows"),
                Arguments.of("latin1.csv", invalidUtf8, "invalid_encoding"),
                Arguments.of("100001-rows.csv", tooMany, "too_many_rows"));
    }

    @Test
    void namesTheFieldsThatAreMissing() {
        customer.api()
                .upload("planner/keywords/import/", Map.of(), "k.csv", new byte[] {'a'})
                .expectInvalid("site");
        send(SEMRUSH, Map.of("preview", "perhaps")).expectInvalid("preview");
        customer.api().post("planner/keywords/import/", Map.of()).expect(415);
    }

    @Test
    void anotherAccountsSiteAndSectorAreNotFound() {
        Customer other = product.signUp();
        UUID theirSite = other.addSite();
        UUID theirSector = other.addSector(theirSite);

        send(SEMRUSH, Map.of("site", theirSite.toString())).expectRefusal(404, "not_found");
        send(SEMRUSH, Map.of("sector", theirSector.toString())).expectRefusal(404, "not_found");
        assertThat(product.count("keyword", other.accountId())).isZero();
        assertThat(product.count("keyword", customer.accountId())).isZero();
    }

    private Reply send(String file, Map<String, String> more) {
        return customer.api()
                .upload(
                        "planner/keywords/import/",
                        fields(more),
                        "keywords.csv",
                        file.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> fields(Map<String, String> more) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of("site", site.toString()));
        fields.putAll(more);
        return fields;
    }
}
