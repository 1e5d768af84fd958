package com.igny8.testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * One HTTP connection to this machine that says as little as HTTP allows: for benches, in which the
 * client must cost next to nothing.
 */
public final class Loopback implements AutoCloseable {
    private final int port;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private boolean isLast;

    public Loopback(int port) throws IOException {
        this.port = port;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = socket.getOutputStream();
    }

    /** The server ends a connection after so many requests, and says so with the last. */
    private void connectAgain() throws IOException {
        Loopback next = new Loopback(port);
        socket.close();
        this.socket = next.socket;
        this.in = next.in;
        this.out = next.out;
        this.isLast = false;
    }

    /** A request to be sent many times. */
    public static byte[] get(String path, Map<String, String> headers) {
        return request("GET", path, headers, "");
    }

    public static byte[] post(String path, String json) {
        return request("POST", path, Map.of("Content-Type", "application/json"), json);
    }

    private static byte[] request(
            String method, String path, Map<String, String> headers, String body) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: l\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        head.append("Content-Length: " + content.length + "\r\n\r\n").append(body);
        return head.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Sends it, reads all of the answer, and gives its status. */
    public int send(byte[] request) throws IOException {
        if (isLast) {
            connectAgain();
        }
        out.write(request);
        out.flush();
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        long length = 0;
        boolean isChunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            }
            isLast |= lower.equals("connection: close");
            isChunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
        }
        if (isChunked) {
            skipChunks();
        } else {
            in.skipNBytes(length);
        }
        return status;
    }

    private void skipChunks() throws IOException {
        int length = Integer.parseInt(line(), 16);
        while (length > 0) {
            in.skipNBytes(length + 2L);
            length = Integer.parseInt(line(), 16);
        }
        line();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
