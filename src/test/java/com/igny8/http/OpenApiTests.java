package com.igny8.http;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.igny8.testing.Browser;
import com.igny8.testing.Product;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

class OpenApiTests {
    private final Product product = Product.running();

    /**
     * Guard: a schema has the simple name of its record, and the last of two would stand for both.
     */
    @Test
    void noTwoRecordsOfTheApiHaveOneName() {
        Map<String, List<String>> byName =
                new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("com.igny8")
                                .stream()
                                .filter(JavaClass::isRecord)
                                .filter(OpenApiTests::isDescribed)
                                .collect(
                                        groupingBy(
                                                JavaClass::getSimpleName,
                                                mapping(JavaClass::getName, toList())));

        assertThat(byName).hasSizeGreaterThan(100);
        assertThat(byName.values()).allSatisfy(names -> assertThat(names).hasSize(1));
    }

    private static boolean isDescribed(JavaClass record) {
        return !record.getModifiers().contains(JavaModifier.PRIVATE)
                && (record.getSimpleName().endsWith("View") || isOfAnApi(record));
    }

    private static boolean isOfAnApi(JavaClass record) {
        return record.getEnclosingClass()
                .map(outer -> outer.isAnnotatedWith(RestController.class))
                .orElse(false);
    }

    @Test
    void describesEveryEndpoint() {
        Set<String> served = new TreeSet<>();
        product.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(
                        mapping ->
                                mapping.getPatternValues().stream()
                                        .filter(path -> path.startsWith("/api/v1/"))
                                        .forEach(
                                                path ->
                                                        mapping.getMethodsCondition()
                                                                .getMethods()
                                                                .forEach(
                                                                        method ->
                                                                                served.add(
                                                                                        method + " "
                                                                                                + path))));
        Set<String> described = new TreeSet<>();
        JsonNode paths = schema().path("paths");
        paths.propertyStream()
                .forEach(
                        path ->
                                path.getValue()
                                        .propertyStream()
                                        .forEach(
                                                operation ->
                                                        described.add(
                                                                operation
                                                                                .getKey()
                                                                                .toUpperCase(
                                                                                        Locale.ROOT)
                                                                        + " "
                                                                        + path.getKey())));

        assertThat(served).isNotEmpty();
        assertThat(described).isEqualTo(served);
    }

    /** Guard: a client made from the description would send what is refused. */
    @Test
    void fieldsAreCalledAsTheyAreInJson() {
        JsonNode schemas = schema().path("components").path("schemas");

        assertThat(schemas.path("Failure").path("properties").propertyNames())
                .contains("request_id");
        assertThat(
                        schemas.valueStream()
                                .flatMap(
                                        schema ->
                                                Stream.concat(
                                                        schema
                                                                .path("properties")
                                                                .propertyNames()
                                                                .stream(),
                                                        schema.path("required")
                                                                .valueStream()
                                                                .map(JsonNode::asString))))
                .isNotEmpty()
                .allMatch(name -> name.equals(name.toLowerCase(Locale.ROOT)));
    }

    @Test
    void tellsOfEachWhatItIsAndHowItRefuses() {
        JsonNode schema = schema();

        assertThat(schema.path("openapi").asString()).startsWith("3.1");
        assertThat(schema.path("components").path("securitySchemes").has("bearer")).isTrue();
        assertThat(schema.path("components").path("schemas").path("Failure").has("properties"))
                .isTrue();
        schema.path("paths")
                .propertyStream()
                .flatMap(path -> path.getValue().propertyStream())
                .forEach(
                        operation -> {
                            JsonNode told = operation.getValue();
                            assertThat(told.path("summary").asString(""))
                                    .as(told.toString())
                                    .isNotBlank();
                            assertThat(told.path("tags")).as(told.toString()).isNotEmpty();
                            assertThat(told.path("responses").propertyNames())
                                    .as(told.path("summary").toString())
                                    .contains("400", "429");
                        });
        JsonNode addSite = schema.path("paths").path("/api/v1/auth/sites/").path("post");
        assertThat(addSite.path("parameters").toString())
                .contains("Idempotency-Key", "Kept for 24 hours");
        JsonNode credits = schema.path("paths");
        String deductions = "/api/v1/billing/credits/deductions/";
        assertThat(credits.path(deductions).path("post").path("parameters").toString())
                .contains("Idempotency-Key", "Kept for 35 days");
        assertThat(credits.path(deductions + "batch/").path("post").path("parameters").toString())
                .doesNotContain("Idempotency-Key");
        assertThat(schema.path("components").path("schemas").path("SiteBody").toString())
                .contains("Cloud Notes");
    }

    @Test
    void canBeBrowsed() {
        try (Browser browser = Browser.at(product.address())) {
            Page page = browser.open("/api/docs/");

            PlaywrightAssertions.assertThat(page.getByText("Add a site")).isVisible();

            assertThat(browser.complaints()).isEmpty();
        }
    }

    private JsonNode schema() {
        return product.api().get("/api/schema/").expect(200).json();
    }
}
