package com.igny8.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Chromium without a window. Whatever a page complains of (an exception in a script, a refusal of
 * its content policy, a request that failed) is a fault of the test that opened it.
 */
public final class Browser implements AutoCloseable {
    private static final Path SHOTS = Path.of("target/screenshots");
    private static final List<String> QUIET =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final BrowserContext context;
    private final List<String> complaints = new ArrayList<>();

    private Browser(String baseUrl) {
        this.context =
                Shared.CHROMIUM.newContext(
                        new com.microsoft.playwright.Browser.NewContextOptions()
                                .setBaseURL(baseUrl)
                                .setViewportSize(1440, 900));
    }

    /** The process, which takes seconds to start; it goes on until the JVM ends. */
    private static final class Shared {
        static final com.microsoft.playwright.Browser CHROMIUM =
                Playwright.create(
                                new Playwright.CreateOptions()
                                        .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable())
                                        .setArgs(QUIET));

        static {
            // What comes is not waited for longer; a machine with much to do is not a fault
            PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        }
    }

    /** A fresh profile, signed in to nothing; paths are below the address. */
    public static Browser at(String baseUrl) {
        return new Browser(baseUrl);
    }

    private static Path executable() {
        return Stream.of(
                        Optional.ofNullable(System.getenv("CHROMIUM")).orElse(""),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome",
                        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("No Chromium: bin/setup installs one"));
    }

    public Page open(String path) {
        Page page = context.newPage();
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error")) {
                        complaints.add(message.text());
                    }
                });
        page.onPageError(complaints::add);
        page.navigate(path);
        return page;
    }

    /** What the pages complained of so far, other than answers that are meant to be refusals. */
    public List<String> complaints() {
        return complaints.stream()
                .filter(text -> !text.startsWith("Failed to load resource: the server responded"))
                .toList();
    }

    /** Pictures of the page, wide and narrow, below {@code target/screenshots}. */
    public static void shoot(Page page, String name) {
        page.setViewportSize(360, 780);
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(SHOTS.resolve(name + "-360.png")));
        assertNoSidewaysScroll(page);
        page.setViewportSize(1440, 900);
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(SHOTS.resolve(name + "-1440.png")));
    }

    /**
     * The rules of WCAG 2.2 AA that a program can check. For pages without frames the "legacy" mode
     * asks the same, without a tab of its own for the report: in a third of the time.
     */
    public static void assertAccessible(Page page) {
        AxeRunOptions onlyViolations = new AxeRunOptions();
        onlyViolations.setResultTypes(List.of("violations"));
        List<Rule> violations =
                new AxeBuilder(page)
                        .setLegacyMode(true)
                        .options(onlyViolations)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                        .analyze()
                        .getViolations();
        assertThat(violations)
                .as(page.url())
                .extracting(rule -> rule.getId() + ": " + rule.getNodes())
                .isEmpty();
    }

    private static void assertNoSidewaysScroll(Page page) {
        Object tooWide =
                page.evaluate(
                        """
                        () => {
                            const width = document.documentElement.clientWidth;
                            if (document.documentElement.scrollWidth <= width) return [];
                            return [...document.body.querySelectorAll("*")]
                                .filter(element => element.getBoundingClientRect().right > width)
                                .map(element => element.outerHTML.slice(0, 120));
                        }
                        """);
        assertThat((List<?>) tooWide).as("wider than the screen: " + page.url()).isEmpty();
    }

    @Override
    public void close() {
        context.close();
    }
}
