package com.igny8.webhook;

import com.igny8.tenancy.Ungated;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;

/** The operator's endpoints, which are told of the events of all accounts, in the console. */
@Controller
@RequestMapping(StaffWebhookPages.PATH)
@Ungated(Ungated.To.EVERYBODY)
class StaffWebhookPages extends EndpointDesk {
    static final String PATH = "/console/webhooks";

    StaffWebhookPages(Endpoints endpoints, Deliveries deliveries, JsonMapper json, Clock clock) {
        super(endpoints, deliveries, json, clock);
    }

    @Override
    String base() {
        return PATH;
    }

    @Override
    boolean isStaff() {
        return true;
    }
}
