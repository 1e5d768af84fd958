package com.igny8.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;

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

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final BrowserContext context;
    private final List<String> complaints = new ArrayList<>();

    private Browser(Playwright playwright, String baseUrl) {
        this.playwright = playwright;
        this.chromium =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable())
                                        .setArgs(QUIET));
        this.context =
                chromium.newContext(
                        new com.microsoft.playwright.Browser.NewContextOptions()
                                .setBaseURL(baseUrl)
                                .setViewportSize(1440, 900));
    }

    /** A fresh one, signed in to nothing; paths are below the address. */
    public static Browser at(String baseUrl) {
        return new Browser(
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))),
                baseUrl);
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
        assertNoSidewaysScroll(page);
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(SHOTS.resolve(name + "-360.png")));
        page.setViewportSize(1440, 900);
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(SHOTS.resolve(name + "-1440.png")));
    }

    /** The rules of WCAG 2.2 AA that a program can check. */
    public static void assertAccessible(Page page) {
        List<Rule> violations =
                new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                        .analyze()
                        .getViolations();
        assertThat(violations)
                .as(page.url())
                .extracting(rule -> rule.getId() + ": " + rule.getNodes())
                .isEmpty();
    }

    private static void assertNoSidewaysScroll(Page page) {
        Object excess =
                page.evaluate(
                        "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) excess).intValue()).as("sideways scroll of " + page.url()).isZero();
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
