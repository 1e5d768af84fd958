package bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Clients in a process of their own, each of whom sends one request again and again: for a bench
 * that has the product in its own process, and would have both share a compiler, a collector and
 * what is counted as the product's.
 */
public final class Crowd implements AutoCloseable {
    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader reports;

    public Crowd(int port, int clients) throws IOException {
        process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Crowd.class.getName(),
                                String.valueOf(port),
                                String.valueOf(clients))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        orders = process.outputWriter(StandardCharsets.US_ASCII);
        reports = process.inputReader(StandardCharsets.US_ASCII);
    }

    /**
     * What came of it.
     *
     * @param perSecond answers with a good status, once all were under way
     * @param sent requests in all
     */
    public record Report(double perSecond, long failures, long sent) {}

    /** As {@link Load#run}: the clients share these requests out among them. */
    public Report send(List<byte[]> requests, double warmUpSeconds, double seconds)
            throws IOException {
        orders.write(warmUpSeconds + " " + seconds);
        for (byte[] request : requests) {
            orders.write(" " + Base64.getEncoder().encodeToString(request));
        }
        orders.newLine();
        orders.flush();
        String report = reports.readLine();
        if (report == null) {
            throw new IOException("The clients are gone");
        }
        String[] words = report.split(" ", -1);
        return new Report(
                Double.parseDouble(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    @Override
    public void close() throws IOException {
        orders.close();
    }

    public static void main(String[] arguments) throws IOException {
        Load load = new Load(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        var orders =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        var reports =
                new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.US_ASCII));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            reports.write(carriedOut(load, order.split(" ", -1)));
            reports.newLine();
            reports.flush();
        }
    }

    private static String carriedOut(Load load, String[] words) throws IOException {
        List<byte[]> requests = new ArrayList<>();
        for (String word : List.of(words).subList(2, words.length)) {
            requests.add(Base64.getDecoder().decode(word));
        }
        AtomicInteger clients = new AtomicInteger();
        AtomicLong sent = new AtomicLong();
        Supplier<Load.Script> scripts =
                () -> {
                    byte[] request = requests.get(clients.getAndIncrement() % requests.size());
                    return last -> {
                        sent.incrementAndGet();
                        return request;
                    };
                };
        Load.Result result =
                load.run(scripts, Double.parseDouble(words[0]), Double.parseDouble(words[1]));
        return result.perSecond() + " " + result.failures() + " " + sent;
    }
}
