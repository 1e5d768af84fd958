package com.igny8.http;

import com.igny8.testing.Product;
import org.junit.jupiter.api.Test;
import java.nio.file.*;

class SchemaDump {
    @Test
    void dump() throws Exception {
        Files.writeString(Path.of(System.getProperty("dump", "target/schema.json")), Product.running().browser(null).get("/api/schema/").body());
    }
}
