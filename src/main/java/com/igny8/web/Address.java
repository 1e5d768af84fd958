package com.igny8.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells whoever started the product where to find it. */
@Component
class Address {
    private static final Logger LOG = LoggerFactory.getLogger(Address.class);

    @EventListener
    void onServing(WebServerInitializedEvent serving) {
        LOG.info("IGNY8 is at http://localhost:{}", serving.getWebServer().getPort());
    }
}
