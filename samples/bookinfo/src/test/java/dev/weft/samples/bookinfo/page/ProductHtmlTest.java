package dev.weft.samples.bookinfo.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProductHtmlTest {
    private static final Answer DETAILS =
            answer("{\"id\":0,\"author\":\"William Shakespeare\",\"pages\":208}", "details-v1");

    @Test
    void versionOneShowsNoStars() {
        String html = page(answer(reviews(""), "reviews-v1"));

        assertThat(html).contains("data-served-by=\"reviews-v1\"", "data-stars=\"none\"", "A review &amp; more");
        assertThat(html).doesNotContain("<svg class=\"full\"");
    }

    @Test
    void starsAreFilledAsFarAsTheRatingGoes() {
        String html = page(answer(reviews(",\"rating\":{\"stars\":4,\"color\":\"red\"}"), "reviews-v3"));

        assertThat(html).contains("data-stars=\"red\"", "class=\"stars red\"", "aria-label=\"4 of 5 red stars\"");
        assertThat(html.split("<svg class=\"full\"", -1)).hasSize(5);
        assertThat(html.split("<svg class=\"empty\"", -1)).hasSize(2);
    }

    @Test
    void missingRatingsAreANoticeUnderEachReview() {
        String html = page(answer(
                reviews(",\"rating\":{\"error\":\"Ratings service is currently unavailable\",\"reason\":\"500 FI x\"}"),
                "reviews-v2"));

        assertThat(html).contains("data-stars=\"unavailable\"", "Ratings service is currently unavailable (500 FI x)");
    }

    @Test
    void missingReviewsAreANoticeThatSaysWhy() {
        String html = page(new Answer(504, "route took <1 s>", Optional.empty(), Optional.empty(), Optional.of("UT")));

        assertThat(html).contains("data-missing=\"504 UT: route took &lt;1 s&gt;\"");
        assertThat(html).contains("data-served-by=\"details-v1\"");
    }

    @Test
    void anAnswerThatIsNotWhatWasExpectedIsANotice() {
        assertThat(page(answer("[]", "reviews-v1"))).contains("an answer that is not what was expected");
        assertThat(page(answer("{\"reviews\":[{}]}", "reviews-v1")))
                .contains("an answer that is not what was expected");
    }

    @Test
    void whatServicesAndUsersSayIsEscaped() {
        String html = ProductHtml.of(
                Optional.of("<b>"),
                "page",
                DETAILS,
                answer(reviews(",\"rating\":{\"stars\":9,\"color\":\"\\\"x\"}"), "<i>"),
                1);

        assertThat(html).doesNotContain("<b><b>", "<i>").contains("data-user=\"&lt;b&gt;\"", "class=\"stars black\"");
    }

    @Test
    void theFootNamesTheProcessesOnTheWayAndAsWhomEachCalled() {
        Answer reviews = new Answer(
                200,
                reviews(",\"rating\":{\"stars\":4,\"color\":\"red\"}"),
                Optional.of(new Hop("reviews-v3", "spiffe://cluster.local/ns/default/sa/productpage")),
                Optional.of(new Hop("ratings-v1", "spiffe://cluster.local/ns/shop/sa/reviews")),
                Optional.empty());

        assertThat(page(reviews)).contains(">productpage-v1</span>", ">reviews-v3</span>", ">ratings-v1</span>");
        assertThat(page(reviews))
                .contains(">default/productpage &rarr;</span>", ">shop/reviews &rarr;</span>")
                .contains("data-caller=\"spiffe://cluster.local/ns/default/sa/productpage\"")
                .contains("data-ratings-caller=\"spiffe://cluster.local/ns/shop/sa/reviews\"");
    }

    private static String page(Answer reviews) {
        return ProductHtml.of(Optional.empty(), "productpage-v1", DETAILS, reviews, 12);
    }

    private static Answer answer(String body, String by) {
        return new Answer(200, body, Optional.of(new Hop(by, "anonymous")), Optional.empty(), Optional.empty());
    }

    private static String reviews(String rating) {
        return "{\"id\":\"0\",\"podname\":\"x\",\"reviews\":[{\"reviewer\":\"Reviewer1\",\"text\":\"A review & more\""
                + rating + "}]}";
    }
}
