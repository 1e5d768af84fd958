package com.igny8.payment;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a provider sent, to be looked at: laid out, and without what opens something. */
final class ShownPayload {
    private static final Pattern SECRET = Pattern.compile("secret|token$|password");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ShownPayload() {}

    static String of(String payload) {
        JsonNode root = JSON.readTree(payload);
        blank(root);
        return root.toPrettyString();
    }

    private static void blank(JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                for (String name : object.propertyNames().stream().toList()) {
                    if (SECRET.matcher(name.toLowerCase(Locale.ROOT)).find()) {
                        object.put(name, "(not shown)");
                    } else {
                        blank(object.path(name));
                    }
                }
            }
            case ArrayNode array -> array.forEach(ShownPayload::blank);
            default -> {}
        }
    }
}
