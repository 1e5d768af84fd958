package com.igny8.webhook;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;

/** The endpoints of the account, for its admins. */
@Controller
@RequestMapping(WebhookPages.PATH)
class WebhookPages extends EndpointDesk {
    static final String PATH = "/account/webhooks";

    WebhookPages(Endpoints endpoints, Deliveries deliveries, JsonMapper json, Clock clock) {
        super(endpoints, deliveries, json, clock);
    }

    @Override
    String base() {
        return PATH;
    }

    @Override
    boolean isStaff() {
        return false;
    }
}
