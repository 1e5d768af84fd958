package com.igny8.site;

import com.igny8.catalog.Industries;
import com.igny8.kernel.FieldErrors;

import org.springframework.stereotype.Component;

import java.util.Optional;
import java.util.function.Predicate;

/** Checks what somebody typed about a site, all of it at once. */
@Component
class Drafts {
    private static final String NAME = "Enter a name, up to 120 characters";
    private static final String DOMAIN = "Enter a web address such as example.com";
    private static final String PUBLIC_DOMAIN =
            "Enter the address your visitors use: this one is not to be reached from the internet";
    private static final String INDUSTRY = "Choose an industry";

    private final Industries industries;

    Drafts(Industries industries) {
        this.industries = industries;
    }

    /** A site to add; 400 that names every field that is wrong. */
    Site.Draft of(String name, String domain, int industryId) {
        return checked(name, domain, industryId, Domain::isPublic);
    }

    /** What is to become of a site: as it is, where nothing else is said. */
    Site.Draft changing(Site site, SiteEditing.Change change) {
        return checked(
                change.name().orElse(site.name()),
                change.domain().orElse(site.domain()),
                change.industryId().orElse(site.industryId()),
                domain -> domain.isPublic() || domain.value().equals(site.domain()));
    }

    private Site.Draft checked(
            String name, String domain, int industryId, Predicate<Domain> isAllowed) {
        Optional<Domain> parsed = Domain.parse(domain);
        new FieldErrors()
                .require(Site.isName(name), "name", NAME)
                .require(parsed.isPresent(), "domain", DOMAIN)
                .require(parsed.stream().allMatch(isAllowed), "domain", PUBLIC_DOMAIN)
                .require(industries.find(industryId).isPresent(), "industry", INDUSTRY)
                .throwIfAny();
        return new Site.Draft(name.strip(), parsed.orElseThrow(), industryId);
    }
}
