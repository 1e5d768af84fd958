package bench.credits;

import com.igny8.testing.Api;
import com.igny8.testing.Product;

import org.springframework.util.FileSystemUtils;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** The product in a process of its own, with one user who owns all accounts of the bench. */
final class Server implements AutoCloseable {
    /** As docs/operations.md says for a small machine. */
    private static final String JVM = "-Xms1g -Xmx1g -XX:+UseParallelGC";

    private final Path directory = Files.createTempDirectory("bench-credits");
    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;
    private final int port;
    private final Database database;
    private final UUID user;
    private final UUID family;

    Server() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(Arrays.asList(System.getProperty("bench.jvm", JVM).split(" ")));
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BenchServer.class.getName(),
                        "--server.port=0",
                        "--igny8.data-dir=" + directory,
                        // On, as in life, but never full: what is measured is what it costs
                        "--igny8.throttle.read=1000000000",
                        "--igny8.throttle.write=1000000000",
                        "--igny8.throttle.credits=1000000000",
                        "--logging.level.root=WARN"));
        this.process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        this.output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.input =
                new BufferedWriter(
                        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.port =
                Integer.parseInt(await(BenchServer.READY).substring(BenchServer.READY.length()));
        this.database = new Database(directory);
        Api.at(port).post("auth/register/", Product.registration("bench@example.com")).expect(201);
        this.user =
                database.sql()
                        .sql("SELECT id FROM app_user WHERE email = 'bench@example.com'")
                        .query(UUID.class)
                        .single();
        this.family =
                database.sql()
                        .sql("SELECT family_id FROM refresh_token WHERE user_id = ?")
                        .param(user)
                        .query(UUID.class)
                        .single();
    }

    private String await(String start) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new IOException("The server ended");
    }

    int port() {
        return port;
    }

    Database database() {
        return database;
    }

    /** Accounts from one number to another, with credits enough. */
    void fill(int from, int to) {
        database.fill(from, to, user);
    }

    /** An access token for each of the accounts with these numbers. */
    List<String> tokens(IntStream numbers) throws IOException {
        Path accounts = directory.resolve("accounts");
        Path file = directory.resolve("tokens");
        Files.write(accounts, numbers.mapToObj(n -> Database.account(n).toString()).toList());
        input.write("tokens " + user + " " + family + " " + accounts + " " + file + "\n");
        input.flush();
        await(BenchServer.DONE);
        return Files.readAllLines(file);
    }

    @Override
    public void close() throws IOException {
        input.close();
        try {
            process.waitFor();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        FileSystemUtils.deleteRecursively(directory);
    }
}
