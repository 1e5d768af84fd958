package com.igny8.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Speaks to a port as no decent client would: bytes as they are. */
public final class Wire {
    private static final int LONGEST_ANSWER_MILLIS = 20_000;

    /** Until it is clear that nothing more comes, though the other side stays open. */
    private static final int MORE_MILLIS = 2_000;

    private Wire() {}

    /**
     * What came back.
     *
     * @param head the lines before the body
     */
    public record Answered(List<String> head, String body) {
        public int status() {
            return Integer.parseInt(head.getFirst().split(" ", 3)[1]);
        }

        /** Each value that the header has. */
        public List<String> header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return head.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .toList();
        }

        public String all() {
            return String.join("\n", head) + "\n\n" + body;
        }
    }

    /** Sends a request without a body, with these header lines, and hears it out. */
    public static Answered ask(int port, String method, String target, String... headers) {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        boolean hasHost = List.of(headers).stream().anyMatch(line -> line.startsWith("Host:"));
        request.append(hasHost ? "" : "Host: 127.0.0.1:" + port + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        String answer = send(port, request.append("Connection: close\r\n\r\n").toString());
        int end = answer.indexOf("\r\n\r\n");
        return new Answered(
                answer.substring(0, Math.max(end, 0)).lines().toList(),
                end < 0 ? "" : answer.substring(end + 4));
    }

    /** Sends bytes as they are, and reads what comes until the other side closes. */
    public static String send(int port, String bytes) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LONGEST_ANSWER_MILLIS);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[8192];
            try {
                for (int read; (read = socket.getInputStream().read(buffer)) > 0; ) {
                    answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                    socket.setSoTimeout(MORE_MILLIS);
                }
            } catch (SocketTimeoutException keptOpen) {
                // It may keep the connection for the next request
            }
            return answer.toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
