package bench.credits;

import com.igny8.Igny8;
import com.igny8.identity.BenchTokens;

import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * The product with an endpoint that does nothing, in a process of its own. On its input it takes
 * lines {@code tokens <user> <family> <file of accounts> <file for tokens>}.
 */
final class BenchServer {
    static final String READY = "BENCH READY ";
    static final String DONE = "BENCH DONE";

    private BenchServer() {}

    public static void main(String[] arguments) throws IOException {
        var application = new SpringApplication(Igny8.class);
        application.setMainApplicationClass(Igny8.class);
        application.addInitializers(
                context -> ((GenericApplicationContext) context).registerBean(NoopApi.class));
        var context = application.run(arguments);
        System.out.println(READY + context.getEnvironment().getProperty("local.server.port"));
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            List<String> words = List.of(line.split(" "));
            UUID user = UUID.fromString(words.get(1));
            UUID family = UUID.fromString(words.get(2));
            try (PrintWriter tokens =
                    new PrintWriter(
                            Files.newBufferedWriter(
                                    Path.of(words.get(4)), StandardCharsets.UTF_8))) {
                for (String account : Files.readAllLines(Path.of(words.get(3)))) {
                    tokens.println(
                            BenchTokens.issue(context, user, UUID.fromString(account), family));
                }
            }
            System.out.println(DONE);
        }
        context.close();
    }
}
