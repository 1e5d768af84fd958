package com.igny8.identity;

import io.swagger.v3.oas.annotations.Hidden;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.Map;

/** The public keys that verify our access tokens, as RFC 7517 has it. */
@Hidden
@RestController
class JwksApi {
    private final SigningKeys keys;

    JwksApi(SigningKeys keys) {
        this.keys = keys;
    }

    @GetMapping("/.well-known/jwks.json")
    Map<String, Object> keys() {
        return keys.verifying().toJSONObject();
    }
}
