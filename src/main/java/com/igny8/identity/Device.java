package com.igny8.identity;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a user agent says it is, in words a person would use. */
public final class Device {
    /** The first that is mentioned counts: most browsers claim to be others as well. */
    private static final Map<String, String> PROGRAMS = new LinkedHashMap<>();

    private static final Map<String, String> SYSTEMS = new LinkedHashMap<>();

    static {
        PROGRAMS.put("Edg", "Edge");
        PROGRAMS.put("OPR/", "Opera");
        PROGRAMS.put("SamsungBrowser/", "Samsung Internet");
        PROGRAMS.put("Firefox/", "Firefox");
        PROGRAMS.put("FxiOS/", "Firefox");
        PROGRAMS.put("CriOS/", "Chrome");
        PROGRAMS.put("Chrome/", "Chrome");
        PROGRAMS.put("Safari/", "Safari");
        PROGRAMS.put("curl/", "curl");
        PROGRAMS.put("WordPress/", "WordPress");
        PROGRAMS.put("python", "A Python program");
        PROGRAMS.put("Python", "A Python program");
        PROGRAMS.put("Java", "A Java program");
        PROGRAMS.put("okhttp/", "A Java program");
        PROGRAMS.put("node", "A JavaScript program");
        PROGRAMS.put("Go-http-client/", "A Go program");
        PROGRAMS.put("PostmanRuntime/", "Postman");

        SYSTEMS.put("iPhone", "iPhone");
        SYSTEMS.put("iPad", "iPad");
        SYSTEMS.put("Android", "Android");
        SYSTEMS.put("Windows", "Windows");
        SYSTEMS.put("Macintosh", "Mac");
        SYSTEMS.put("CrOS", "ChromeOS");
        SYSTEMS.put("Linux", "Linux");
    }

    private Device() {}

    public static String inWords(String userAgent) {
        String program = firstIn(userAgent, PROGRAMS, "Unknown program");
        String system = firstIn(userAgent, SYSTEMS, "");
        return system.isEmpty() ? program : program + " on " + system;
    }

    private static String firstIn(String userAgent, Map<String, String> names, String otherwise) {
        return names.entrySet().stream()
                .filter(name -> userAgent.contains(name.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }
}
