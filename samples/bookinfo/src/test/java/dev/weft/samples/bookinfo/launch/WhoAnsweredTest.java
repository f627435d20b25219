package dev.weft.samples.bookinfo.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhoAnsweredTest {
    @Test
    void sharesAreCountedForEachKindOfVisitor() {
        List<RecentVisits.Seen> seen = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            seen.add(seen(false, i == 0 ? "reviews-v3" : "reviews-v1", "red", ""));
        }
        seen.add(seen(true, "reviews-v2", "black", ""));

        List<String> lines = WhoAnswered.lines(seen);

        assertThat(lines).anySatisfy(line -> assertThat(line).contains("reviews-v1 ", "3  75 % ##########"));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("reviews-v3 ", "1  25 % ###"));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("reviews-v2 ", "1 100 %"));
    }

    @Test
    void whatIsMissingIsCountedToo() {
        List<RecentVisits.Seen> seen = List.of(
                seen(false, "", "", "reviews: 503 UH"), seen(true, "reviews-v2", "unavailable", "ratings: 500"));

        assertThat(WhoAnswered.lines(seen))
                .anySatisfy(
                        line -> assertThat(line).startsWith("  reviews missing").contains("1 100 %"))
                .anySatisfy(
                        line -> assertThat(line).startsWith("  ratings missing").contains("1 100 %"));
        assertThat(WhoAnswered.line(seen))
                .isEqualTo("anybody: v1 0 v2 0 v3 0 not whole 1   jason: v1 0 v2 1 v3 0 not whole 1");
    }

    @Test
    void visitsAreForgottenAfterAWhile() {
        RecentVisits visits = new RecentVisits(100);
        visits.add(false, Visit.failed("", 0, 50));
        visits.add(false, Visit.failed("", 0, 120));

        assertThat(visits.since(150)).hasSize(2);
        assertThat(visits.since(200)).hasSize(1);
        assertThat(visits.since(300)).isEmpty();
    }

    private static RecentVisits.Seen seen(boolean jason, String reviews, String stars, String problem) {
        return new RecentVisits.Seen(
                jason, new Visit(200, "details-v1", reviews, "", Map.of(), stars, 0, problem, 0, 1));
    }
}
