package com.igny8.planner;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.igny8.testing.Customer;
import com.igny8.testing.PageClient;
import com.igny8.testing.Product;
import com.igny8.testing.Reply;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.UUID;

class RemovedPagesTests {
    private final Product product = Product.running();
    private final Customer customer = product.signUp();
    private final UUID site = customer.addSite();
    private final PageClient browser = PageClient.signedIn(customer);

    private void load(String keywords) {
        customer.api()
                .upload(
                        "planner/keywords/import/",
                        Map.of("site", site.toString()),
                        "list.txt",
                        keywords.getBytes(UTF_8))
                .expect(200);
    }

    private List<String> ids() {
        return customer.api()
                .get("planner/keywords/?site=" + site)
                .results()
                .findValuesAsString("id");
    }

    private static Element box(Document page, String name) {
        return page.select("input[aria-label=Select " + name + "]").getFirst();
    }

    private Document deleted() {
        return Jsoup.parse(browser.get("/sites/" + site + "/deleted/keywords").expect(200).body());
    }

    @Test
    void whatWasDeletedIsListedAndHadBack() {
        load("crm software\nbest crm\ncheap crm");
        customer.api().post("planner/keywords/delete/", Map.of("ids", ids())).expect(200);
        Document page = deleted();
        assertThat(page.select("td[data-label=Name]").eachText())
                .containsExactly("best crm", "cheap crm", "crm software");

        Reply after =
                browser.sendAndFollow(
                        "/sites/" + site + "/deleted/keywords",
                        Map.of("thing", box(page, "best crm").val()));

        assertThat(after.body()).contains("1 keyword is back");
        assertThat(deleted().select("td[data-label=Name]").eachText())
                .containsExactly("cheap crm", "crm software");
        assertThat(ids()).hasSize(1);
    }

    @Test
    void oneThatWasAddedAgainMeanwhileIsRefusedWithItsName() {
        load("crm software");
        customer.api().post("planner/keywords/delete/", Map.of("ids", ids())).expect(200);
        load("crm software");

        Reply refused =
                browser.send(
                        "/sites/" + site + "/deleted/keywords",
                        "/sites/" + site + "/deleted/keywords",
                        Map.of("thing", box(deleted(), "crm software").val()));

        assertThat(refused.expect(409).body()).contains("was added again meanwhile");
    }

    @Test
    void clustersComeBackTooAndThereIsNothingElse() {
        UUID cluster =
                product.sql()
                        .sql(
                                """
                                INSERT INTO cluster (account_id, site_id, name) VALUES (?, ?, 'CRM')
                                RETURNING id
                                """)
                        .params(customer.accountId(), site)
                        .query(UUID.class)
                        .single();
        customer.api().delete("planner/clusters/" + cluster + "/").expect(200);
        String path = "/sites/" + site + "/deleted/clusters";
        assertThat(browser.get(path).expect(200).body()).contains("CRM");

        browser.sendAndFollow(path, Map.of("thing", cluster.toString()));

        customer.api().get("planner/clusters/" + cluster + "/").expect(200);
        assertThat(browser.get(path).expect(200).body()).contains("Nothing deleted");
        browser.get("/sites/" + site + "/deleted/sites").expect(404);
    }
}
