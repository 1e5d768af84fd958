package bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Clients in a closed loop: each sends its next request when it has its answer. One thread serves
 * all of them and looks at nothing but the status and the end of an answer, because it takes its
 * time from the same processors.
 */
public final class Load {
    private static final int BUFFER_BYTES = 512 * 1024;
    private static final int PATIENCE_MILLIS = 60_000;

    private final int port;
    private final int clients;

    public Load(int port, int clients) {
        this.port = port;
        this.clients = clients;
    }

    /**
     * What came of it.
     *
     * @param perSecond answers with a good status
     */
    public record Result(double perSecond, double p50Millis, double p99Millis, long failures) {}

    /**
     * Makes each client's requests, one after the other; may look at the body of the last answer.
     */
    public interface Script {
        byte[] next(Supplier<String> lastAnswer);
    }

    private static final class Client {
        private final Script script;
        private final byte[] bytes = new byte[BUFFER_BYTES];
        private final ByteBuffer in = ByteBuffer.wrap(bytes);
        private ByteBuffer out = ByteBuffer.allocate(0);
        private long sentAt;

        Client(Script script) {
            this.script = script;
        }
    }

    /**
     * Runs for so long, after as long a start as given that is not counted, and waits for what is
     * under way then, which is not counted either: it is not to burden what is measured next.
     */
    public Result run(Supplier<Script> scripts, double warmUpSeconds, double seconds)
            throws IOException {
        long[] latencies = new long[1_000_000];
        int count = 0;
        long failures = 0;
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < clients; i++) {
                connect(selector, new Client(scripts.get()));
            }
            long begin = System.nanoTime() + (long) (warmUpSeconds * 1e9);
            long end = begin + (long) (seconds * 1e9);
            long now = System.nanoTime();
            int underWay = clients;
            while (underWay > 0) {
                if (selector.select(PATIENCE_MILLIS) == 0) {
                    throw new IOException("Nobody answers");
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    SocketChannel channel = (SocketChannel) key.channel();
                    Client client = (Client) key.attachment();
                    if (client.out.hasRemaining()) {
                        channel.write(client.out);
                        if (!client.out.hasRemaining()) {
                            key.interestOps(SelectionKey.OP_READ);
                        }
                        continue;
                    }
                    if (channel.read(client.in) < 0) {
                        // After so many requests a connection has to be made anew
                        channel.close();
                        if (now < end) {
                            connect(selector, client);
                        } else {
                            underWay--;
                        }
                        continue;
                    }
                    int status = statusIfComplete(client.bytes, client.in.position());
                    if (status == 0) {
                        continue;
                    }
                    now = System.nanoTime();
                    if (status != 200 && status != 201) {
                        failures++;
                        if (failures == 1) {
                            System.err.println(text(client));
                        }
                    } else if (now >= begin && now < end) {
                        latencies[count % latencies.length] = now - client.sentAt;
                        count++;
                    }
                    if (now >= end) {
                        channel.close();
                        underWay--;
                        continue;
                    }
                    byte[] next = client.script.next(() -> body(client));
                    client.in.clear();
                    send(channel, client, next);
                    if (client.out.hasRemaining()) {
                        key.interestOps(SelectionKey.OP_WRITE);
                    }
                }
                selector.selectedKeys().clear();
                now = System.nanoTime();
            }
        }
        int kept = Math.min(count, latencies.length);
        Arrays.sort(latencies, 0, kept);
        return new Result(
                count / seconds,
                kept == 0 ? 0 : latencies[kept / 2] / 1e6,
                kept == 0 ? 0 : latencies[(int) (kept * 0.99)] / 1e6,
                failures);
    }

    private void connect(Selector selector, Client client) throws IOException {
        SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        client.in.clear();
        channel.register(selector, SelectionKey.OP_READ, client);
        send(channel, client, client.script.next(() -> ""));
    }

    private static void send(SocketChannel channel, Client client, byte[] request)
            throws IOException {
        client.out = ByteBuffer.wrap(request);
        client.sentAt = System.nanoTime();
        channel.write(client.out);
    }

    /** Zero while something is missing. */
    private static int statusIfComplete(byte[] bytes, int length) {
        int body = endOfHead(bytes, length);
        if (body < 0) {
            return 0;
        }
        int contentLength = contentLength(bytes, body);
        boolean isComplete =
                contentLength >= 0
                        ? length >= body + contentLength
                        : length >= body + 5
                                && bytes[length - 5] == '0'
                                && bytes[length - 4] == '\r'
                                && bytes[length - 2] == '\r';
        return isComplete ? (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0') : 0;
    }

    private static int endOfHead(byte[] bytes, int length) {
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static final byte[] CONTENT_LENGTH =
            "\r\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);

    private static int contentLength(byte[] bytes, int end) {
        for (int i = 0; i + CONTENT_LENGTH.length < end; i++) {
            int j = 0;
            while (j < CONTENT_LENGTH.length
                    && (bytes[i + j] | (j > 1 ? 0x20 : 0))
                            == (CONTENT_LENGTH[j] | (j > 1 ? 0x20 : 0))) {
                j++;
            }
            if (j == CONTENT_LENGTH.length) {
                int value = 0;
                for (int k = i + j; bytes[k] >= '0' && bytes[k] <= '9'; k++) {
                    value = value * 10 + bytes[k] - '0';
                }
                return value;
            }
        }
        return -1;
    }

    private static String text(Client client) {
        return new String(client.bytes, 0, client.in.position(), StandardCharsets.ISO_8859_1);
    }

    private static String body(Client client) {
        int end = client.in.position();
        int begin = Math.max(0, endOfHead(client.bytes, end));
        return new String(client.bytes, begin, end - begin, StandardCharsets.ISO_8859_1);
    }

    public static byte[] post(String path, String token, String headers, String body) {
        return ("POST /api/v1/"
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + token
                        + "\r\nContent-Type: application/json\r\n"
                        + headers
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte[] get(String path, String token) {
        return ("GET /api/v1/"
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + token
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A name nobody used before. */
    public static String key() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "Idempotency-Key: "
                + Long.toHexString(random.nextLong())
                + Long.toHexString(random.nextLong())
                + "\r\n";
    }
}
