package com.igny8.identity;

import com.igny8.tenancy.Scoped;
import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.Hidden;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.Map;

/** The public keys that verify our access tokens, as RFC 7517 has it. */
@Hidden
@RestController
@Ungated(Ungated.To.EVERYBODY)
class JwksApi {
    private final SigningKeys keys;

    JwksApi(SigningKeys keys) {
        this.keys = keys;
    }

    @Scoped
    @GetMapping("/.well-known/jwks.json")
    Map<String, Object> keys() {
        return keys.verifying().toJSONObject();
    }
}
