package com.igny8.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The events of a job, as a client reads them that stays on the line. */
public final class EventStream implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final BufferedReader reader;

    private EventStream(Socket socket, BufferedReader reader) {
        this.socket = socket;
        this.reader = reader;
    }

    /** Opens it as a program does, and reads up to its first event. */
    public static EventStream of(Product product, String credential, UUID job) throws IOException {
        return open(
                product,
                "/api/v1/jobs/%s/events/".formatted(job),
                "Authorization: Bearer " + credential);
    }

    /** Opens it as a browser does, and reads up to its first event. */
    public static EventStream ofBrowser(Product product, String session, UUID job)
            throws IOException {
        return open(product, "/jobs/%s/events".formatted(job), "Cookie: igny8_session=" + session);
    }

    private static EventStream open(Product product, String path, String header)
            throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), product.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream()
                .write(
                        "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s\r\n\r\n"
                                .formatted(path, header)
                                .getBytes(StandardCharsets.US_ASCII));
        var stream =
                new EventStream(
                        socket,
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.UTF_8)));
        stream.until("event:job");
        return stream;
    }

    /** Reads up to a line that begins so; fails where the stream ends or says nothing before. */
    public String until(String start) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new AssertionError("The stream ended without " + start);
    }

    /** Whatever is left of it, which must end. */
    public List<String> rest() {
        return reader.lines().toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
