package com.igny8.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.igny8.kernel.IfMatch;
import com.igny8.tenancy.IdempotencyKey;
import com.igny8.tenancy.LedgerKey;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;

import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What the API's description says beyond what the controllers tell by themselves. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    private static final String BEARER = "bearer";

    /** Refusals that any operation may answer with, by status: an example and what it means. */
    private static final Map<String, Refusal> EVERYWHERE =
            new TreeMap<>(
                    Map.of(
                            "400",
                            new Refusal(
                                    "validation_failed", "Something in the request is not right"),
                            "401",
                            new Refusal("not_authenticated", "No token, or one that is not valid"),
                            "402",
                            new Refusal(
                                    "insufficient_credits", "Too few credits, or no active plan"),
                            "403",
                            new Refusal("account_suspended", "Known, but not allowed"),
                            "404",
                            new Refusal("not_found", "Not there, or somebody else's"),
                            "409",
                            new Refusal("job_under_way", "Not in the present state"),
                            "422",
                            new Refusal(
                                    "idempotency_key_reused",
                                    "The Idempotency-Key stood for another request"),
                            "429",
                            new Refusal("throttled", "Too many requests; see Retry-After")));

    private record Refusal(String code, String meaning) {}

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(IdempotencyKey.class, LedgerKey.class, IfMatch.class);
    }

    @Bean
    OpenAPI openApi(BuildProperties build) {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("IGNY8")
                                .version(build.getVersion())
                                .description(
                                        """
                                        Plans, writes and publishes search content.

                                        Sign up or in, and send `data.access` as a bearer token. \
                                        Answers come as `{"success": true, "data": …}`, lists with \
                                        `count`, `next`, `previous` and `results`, refusals as \
                                        `{"success": false, "error": …, "code": …}`. Paths end in \
                                        `/`; without it they work too. Names are in snake_case, \
                                        times in UTC.

                                        Each account may do so much a minute: 300 reads, 120 \
                                        writes, 20 starts of AI work and, so that workers need \
                                        not wait, 6,000 changes of credits, unless its plan says \
                                        otherwise. `RateLimit-Policy` and `RateLimit` say where \
                                        you stand, `Retry-After` when to come again after a 429.""")
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        BEARER,
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer")
                                                .bearerFormat("JWT")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    /** Documents the idempotency key where, and only where, the handler takes one. */
    @Bean
    OperationCustomizer idempotencyKeys() {
        return (operation, handler) -> {
            if (takes(IdempotencyKey.class, handler)) {
                operation.addParametersItem(idempotencyKey("Kept for 24 hours."));
            } else if (takes(LedgerKey.class, handler)) {
                operation.addParametersItem(
                        idempotencyKey(
                                "Kept for 35 days or longer, once it has taken or held credits."));
            }
            return operation;
        };
    }

    private static boolean takes(Class<?> type, HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == type);
    }

    private static Parameter idempotencyKey(String howLong) {
        return new HeaderParameter()
                .name(IdempotencyKeyResolver.HEADER)
                .description(
                        "The same key again gives the first answer, and nothing is done twice. "
                                + howLong)
                .schema(new StringSchema().maxLength(IdempotencyKey.MAX_LENGTH));
    }

    /** Documents the precondition where, and only where, the handler heeds one. */
    @Bean
    OperationCustomizer preconditions() {
        return (operation, handler) -> {
            if (takes(IfMatch.class, handler)) {
                operation.addParametersItem(
                        new HeaderParameter()
                                .name(HttpHeaders.IF_MATCH)
                                .description(
                                        "The `ETag` of an earlier answer: 412 `changed_meanwhile`"
                                                + " where it is not the present one any more.")
                                .schema(new StringSchema()));
            }
            return operation;
        };
    }

    @Bean
    OpenApiCustomizer refusals() {
        return api -> {
            ModelConverters.getInstance(true)
                    .readAll(Failure.class)
                    .forEach(api.getComponents()::addSchemas);
            api.getPaths()
                    .values()
                    .forEach(
                            path ->
                                    path.readOperations()
                                            .forEach(OpenApiConfiguration::addRefusals));
        };
    }

    private static void addRefusals(Operation operation) {
        boolean isPublic = operation.getSecurity() != null && operation.getSecurity().isEmpty();
        EVERYWHERE.forEach(
                (status, refusal) -> {
                    boolean applies = !isPublic || !(status.equals("402") || status.equals("403"));
                    if (applies) {
                        operation.getResponses().addApiResponse(status, response(status, refusal));
                    }
                });
    }

    private static ApiResponse response(String status, Refusal refusal) {
        var example =
                Map.of(
                        "success",
                        false,
                        "error",
                        refusal.meaning(),
                        "code",
                        refusal.code(),
                        "request_id",
                        "0d0f4b9e-7a0c-4b8e-9d0f-5c1f6f0c1a11");
        ApiResponse response =
                new ApiResponse()
                        .description(refusal.meaning())
                        .content(
                                new Content()
                                        .addMediaType(
                                                "application/json",
                                                new MediaType()
                                                        .schema(
                                                                new Schema<>()
                                                                        .$ref(
                                                                                "#/components/schemas/Failure"))
                                                        .example(example)));
        if (status.equals("429")) {
            response.addHeaderObject(
                    "Retry-After", new Header().description("Seconds").schema(new StringSchema()));
        }
        return response;
    }

    /** Fields are called in the description as they are in JSON. */
    @Bean
    ModelResolver namesAsInJson(ObjectMapperProvider mappers) {
        return new ModelResolver(
                        mappers.jsonMapper()
                                .copy()
                                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
                .openapi31(true);
    }
}
