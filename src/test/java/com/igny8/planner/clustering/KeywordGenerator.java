package com.igny8.planner.clustering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Makes up keywords as a keyword tool exports them: 120 things people search for × 30 kinds of
 * audience, place or variant give 3,600 topics; every topic is asked for in 8 to 25 of 30 ways
 * ("best …", "… price", "how to choose …"). All are different; the same number gives the same list.
 */
final class KeywordGenerator {
    static final int MOST = 50_000;

    private static final List<String> THINGS =
            List.of(
                    """
                    crm software|running shoes|keto diet|home insurance|solar panels|wedding photographer
                    dog food|yoga mat|project management tool|email marketing|mortgage calculator
                    coffee machine|electric car|protein powder|office chair|noise cancelling headphones
                    web hosting|accounting software|divorce lawyer|dental implants|mattress|standing desk
                    air fryer|robot vacuum|credit card|personal loan|tax return|hair transplant|invisalign
                    physiotherapy|garden shed|kitchen renovation|bathroom tiles|roof repair|heat pump
                    car rental|cheap flights|boutique hotel|travel insurance|hiking boots|mountain bike
                    fishing rod|acoustic guitar|piano lessons|spanish course|online mba|python course
                    data science bootcamp|resume template|cover letter|job interview|payroll software|vpn
                    antivirus|password manager|gaming laptop|smartphone|smart watch|baby stroller
                    pregnancy test|skin care routine|sunscreen|vitamin d|back pain relief|migraine treatment
                    sleep apnea mask|anxiety therapy|weight loss plan|meal prep|vegan recipes
                    sourdough bread|wine tasting|birthday cake|christmas gifts|wedding dress
                    engagement ring|tattoo ideas|plumber|electrician|moving company|storage unit
                    house cleaning|pest control|dog training|cat litter|aquarium|indoor plants|lawn mower
                    pressure washer|cordless drill|garage door|security camera|3d printer|drone
                    dslr camera|video editing software|podcast microphone|seo audit|keyword research
                    link building|swimming pool|hot tub|camping tent|sleeping bag|ski jacket|golf clubs
                    tennis racket|treadmill|massage chair|hearing aids|reading glasses|contact lenses
                    electric toothbrush|hair dryer|perfume|leather wallet|backpack|suitcase|bunk bed
                    sofa bed|dining table
                    """
                            .split("[|\n]"));

    private static final List<String> VARIANTS =
            List.of(
                    """
                    |for small business|for beginners|for seniors|for women|for men|for kids
                    for students|for families|for professionals|for startups|in london|in new york
                    in berlin|in sydney|in toronto|in chicago|luxury|budget|eco friendly|second hand
                    compact|premium|portable|professional|handmade|organic|lightweight|custom|vintage
                    """
                            .split("[|\n]"));

    private static final List<String> WAYS =
            List.of(
                    """
                    best %s|top 10 %s|%s reviews|%s price|how much does %s cost|cheap %s|affordable %s
                    %s near me|how to choose %s|%s alternatives|%s comparison|what is %s|%s guide|%s 2026
                    buy %s online|%s deals|%s discount code|is %s worth it|%s pros and cons|%s tips
                    common %s mistakes|%s checklist|free %s|%s explained|%s ideas|%s brands|%s rating
                    where to get %s|%s offers|why %s
                    """
                            .split("[|\n]"));

    private KeywordGenerator() {}

    static List<String> keywords(int count) {
        if (count > MOST) {
            throw new IllegalArgumentException("at most " + MOST);
        }
        Random random = new Random(1);
        List<String> topics = new ArrayList<>();
        for (String thing : THINGS) {
            for (String variant : VARIANTS) {
                boolean isPhraseAfter = variant.startsWith("for ") || variant.startsWith("in ");
                String topic = isPhraseAfter ? thing + " " + variant : variant + " " + thing;
                topics.add(topic.strip());
            }
        }
        Collections.shuffle(topics, random);
        List<String> keywords = new ArrayList<>();
        for (String topic : topics) {
            List<String> ways = new ArrayList<>(WAYS);
            Collections.shuffle(ways, random);
            ways.subList(0, 8 + random.nextInt(18)).stream()
                    .map(way -> way.formatted(topic))
                    .forEach(keywords::add);
        }
        List<String> chosen = new ArrayList<>(keywords.subList(0, count));
        Collections.shuffle(chosen, random);
        return chosen;
    }
}
