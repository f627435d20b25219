package dev.weft.samples.bookinfo.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.samples.bookinfo.page.Answer;
import dev.weft.samples.bookinfo.page.Hop;
import dev.weft.samples.bookinfo.page.ProductHtml;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reads the very page that is drawn. */
class VisitTest {
    private static final Answer DETAILS = answer("{\"id\":0}", "details-v1");

    @Test
    void aWholePageTellsWhoAnsweredAndHowManyStarsThereAre() {
        Visit visit = visit(DETAILS, reviews("{\"stars\":5,\"color\":\"black\"}"));

        assertThat(visit.whole()).isTrue();
        assertThat(visit.details()).isEqualTo("details-v1");
        assertThat(visit.reviews()).isEqualTo("reviews-v2");
        assertThat(visit.stars()).isEqualTo("black");
        assertThat(visit.drawn()).isEqualTo(5);
        assertThat(visit.millis()).isEqualTo(3);
        assertThat(visit.callers())
                .isEqualTo(Map.of("details", "spiffe://d/details-v1", "reviews", "spiffe://d/reviews-v2"));
    }

    @Test
    void aNoticeInPlaceOfAnyPartMakesItNotWhole() {
        Answer gone = new Answer(503, "no host", Optional.empty(), Optional.empty(), Optional.of("UH"));

        assertThat(visit(gone, reviews("{\"stars\":5,\"color\":\"black\"}")).problem())
                .isEqualTo("details: 503 UH: no host");
        assertThat(visit(DETAILS, gone).problem()).isEqualTo("reviews: 503 UH: no host");
        assertThat(visit(DETAILS, reviews("{\"error\":\"gone\"}")).problem()).isEqualTo("ratings: gone");
    }

    @Test
    void anythingElseIsNotAPage() {
        assertThat(Visit.of(500, "", 0, 1).problem()).isEqualTo("page: 500");
        assertThat(Visit.of(200, "<html></html>", 0, 1).problem()).isEqualTo("details: not on the page");
        assertThat(Visit.failed("refused", 0, 1).whole()).isFalse();
    }

    private static Visit visit(Answer details, Answer reviews) {
        return Visit.of(200, ProductHtml.of(Optional.empty(), "p", details, reviews, 1), 0, 3_000_000);
    }

    private static Answer reviews(String rating) {
        return answer("{\"reviews\":[{\"reviewer\":\"r\",\"text\":\"t\",\"rating\":" + rating + "}]}", "reviews-v2");
    }

    private static Answer answer(String body, String by) {
        return new Answer(200, body, Optional.of(new Hop(by, "spiffe://d/" + by)), Optional.empty(), Optional.empty());
    }
}
