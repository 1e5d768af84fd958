package com.igny8.webhook;

import com.igny8.tenancy.Ungated;

import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operator's endpoints, which are told of the events of all accounts. */
@Tag(name = "Console")
@RestController
@RequestMapping("/api/v1/console/webhooks/endpoints")
@Ungated(Ungated.To.EVERYBODY)
class StaffEndpointApi extends EndpointDoor {
    StaffEndpointApi(Endpoints endpoints, Deliveries deliveries) {
        super(endpoints, deliveries);
    }
}
