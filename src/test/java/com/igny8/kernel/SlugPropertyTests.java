package com.igny8.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

class SlugPropertyTests {
    private static final String VALID = "[a-z0-9]+(-[a-z0-9]+)*";

    @Property(tries = 2000)
    void everyNameHasASlug(@ForAll String name) {
        String slug = Slug.of(name, "thing").value();

        assertThat(slug).matches(VALID).hasSizeBetween(1, Slug.MAX_LENGTH);
    }

    @Property(tries = 500)
    void aSlugIsItsOwnSlug(@ForAll String name) {
        Slug slug = Slug.of(name, "thing");

        assertThat(Slug.of(slug.value(), "other")).isEqualTo(slug);
    }

    @Property(tries = 200)
    void caseAndWhatStandsAroundMakeNoDifference(
            @ForAll @AlphaChars @StringLength(min = 1, max = 40) String name) {
        assertThat(Slug.of(" -" + name.toUpperCase(java.util.Locale.ROOT) + "!? ", "x"))
                .isEqualTo(Slug.of(name, "x"));
    }

    @Provide
    Arbitrary<String> longNames() {
        return Arbitraries.strings().withChars("ab- ").ofMinLength(50).ofMaxLength(90);
    }

    @Property(tries = 200)
    void eachClaimGetsAnotherValidSlug(@ForAll("longNames") String name) {
        Slug wanted = Slug.of(name, "thing");
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < 120; i++) {
            Slug claimed =
                    Slug.claim(
                            wanted,
                            slug -> taken.add(slug.value()) ? Optional.of(slug) : Optional.empty());
            assertThat(claimed.value()).matches(VALID).hasSizeLessThanOrEqualTo(Slug.MAX_LENGTH);
        }
        assertThat(taken).hasSize(120);
    }

    @Example
    void aNameThatThousandsHaveTakesFewAttempts() {
        Set<String> taken = new HashSet<>();
        AtomicInteger attempts = new AtomicInteger();
        for (int i = 0; i < 20_000; i++) {
            attempts.set(0);
            Slug.claim(
                    new Slug("account"),
                    slug -> {
                        attempts.incrementAndGet();
                        return taken.add(slug.value()) ? Optional.of(slug) : Optional.empty();
                    });
            assertThat(attempts).hasValueLessThan(25);
        }
    }

    @Example
    void accentsAreTakenOffAndApostrophesLeftOut() {
        assertThat(Slug.of("Crème Brûlée & Ada's Café", "x").value())
                .isEqualTo("creme-brulee-adas-cafe");
        assertThat(Slug.of("İstanbul ﬁne", "x").value()).isEqualTo("istanbul-fine");
        assertThat(Slug.of("株式会社", "account").value()).isEqualTo("account");
        assertThat(Slug.of("🎉", "account").value()).isEqualTo("account");
    }

    @Example
    void whatIsNoSlugIsNone() {
        for (String no : new String[] {"", "-", "a--b", "A", "a b", "a-", "-a", "a".repeat(61)}) {
            assertThatThrownBy(() -> new Slug(no)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
