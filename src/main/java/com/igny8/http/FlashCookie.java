package com.igny8.http;

import com.igny8.tenancy.SecretBox;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.AbstractFlashMapManager;
import org.springframework.web.util.WebUtils;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Carries what one page has to say on the next, over a redirect, in a sealed cookie: any node can
 * serve the next page, and nobody else can write what it will say. The values are strings.
 */
@Component(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME)
class FlashCookie extends AbstractFlashMapManager {
    private static final String NAME = "igny8_flash";
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final SecretBox secretBox;
    private final JsonMapper json;

    FlashCookie(SecretBox secretBox, JsonMapper json) {
        this.secretBox = secretBox;
        this.json = json;
        setFlashMapTimeout((int) LIFETIME.toSeconds());
    }

    record Carried(@Nullable String path, Map<String, String> values, long expiresAtMillis) {}

    @Override
    protected @Nullable List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, NAME);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return null;
        }
        try {
            byte[] opened = secretBox.open(Base64.getUrlDecoder().decode(cookie.getValue()));
            return new ArrayList<>(List.of(flashMap(json.readValue(opened, Carried.class))));
        } catch (RuntimeException notOurs) {
            return null; // Damaged, or sealed under another key: there is nothing to say
        }
    }

    private static FlashMap flashMap(Carried carried) {
        FlashMap flashMap = new FlashMap();
        flashMap.setTargetRequestPath(carried.path());
        flashMap.putAll(carried.values());
        flashMap.setExpirationTime(carried.expiresAtMillis());
        return flashMap;
    }

    /** Keeps the youngest alone: a page says what was done last. */
    @Override
    protected void updateFlashMaps(
            List<FlashMap> flashMaps, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(NAME, flashMaps.isEmpty() ? "" : sealed(flashMaps.getLast()))
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .path("/")
                        .maxAge(flashMaps.isEmpty() ? Duration.ZERO : LIFETIME)
                        .build()
                        .toString());
    }

    private String sealed(FlashMap flashMap) {
        Map<String, String> values = new TreeMap<>();
        flashMap.forEach((name, value) -> values.put(name, String.valueOf(value)));
        Carried carried =
                new Carried(flashMap.getTargetRequestPath(), values, flashMap.getExpirationTime());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(secretBox.seal(json.writeValueAsBytes(carried)));
    }
}
