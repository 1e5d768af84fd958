package com.igny8;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The whole product in one process. */
@SpringBootApplication
public class Igny8 {
    public static void main(String[] arguments) {
        SpringApplication.run(Igny8.class, arguments);
    }
}
