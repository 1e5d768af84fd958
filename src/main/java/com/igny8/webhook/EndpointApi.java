package com.igny8.webhook;

import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The endpoints of the account, for its admins. */
@Tag(name = "Webhooks")
@RestController
@RequestMapping("/api/v1/webhooks/endpoints")
class EndpointApi extends EndpointDoor {
    EndpointApi(Endpoints endpoints, Deliveries deliveries) {
        super(endpoints, deliveries);
    }
}
