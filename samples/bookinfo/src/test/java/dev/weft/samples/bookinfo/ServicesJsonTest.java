package dev.weft.samples.bookinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The shapes that Istio's Bookinfo made known. */
class ServicesJsonTest {
    @Test
    void ratingsAreStarsByReviewer() {
        assertThat(new Ratings().of(0)).hasToString("{\"id\":0,\"ratings\":{\"Reviewer1\":5,\"Reviewer2\":4}}");
    }

    @Test
    void postedRatingsReplaceThoseOfThatProductOnly() {
        Ratings ratings = new Ratings();

        ratings.rate(0, "{\"Reviewer1\": 2}");

        assertThat(ratings.of(0)).hasToString("{\"id\":0,\"ratings\":{\"Reviewer1\":2}}");
        assertThat(ratings.of(1).getAsJsonObject("ratings").size()).isEqualTo(2);
    }

    @Test
    void badRatingsAreRefused() {
        Ratings ratings = new Ratings();

        assertThatThrownBy(() -> ratings.rate(0, "{\"Reviewer1\": 6}")).hasMessageContaining("6, expected 1 to 5");
        assertThatThrownBy(() -> ratings.rate(0, "[1]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ratings.rate(0, "{\"Reviewer1\": {}}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ratings.rate(0, "{")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reviewsOfVersionOneHaveNoRating() {
        JsonObject body = ReviewsBody.of(0, "reviews-v1", Optional.empty());

        assertThat(body.get("podname").getAsString()).isEqualTo("reviews-v1");
        assertThat(body.getAsJsonArray("reviews"))
                .hasSize(2)
                .allSatisfy(review ->
                        assertThat(review.getAsJsonObject().has("rating")).isFalse());
    }

    @Test
    void reviewsCarryStarsAndColour() {
        JsonObject five = new JsonObject();
        five.addProperty("Reviewer1", 5);
        JsonObject body = ReviewsBody.of(0, "reviews-v2", Optional.of(Stars.of("black", five, Optional.empty())));

        assertThat(body.getAsJsonArray("reviews").get(0).getAsJsonObject().get("rating"))
                .hasToString("{\"stars\":5,\"color\":\"black\"}");
        assertThat(body.getAsJsonArray("reviews").get(1).getAsJsonObject().has("rating"))
                .isFalse();
    }

    @Test
    void reviewsSayThatRatingsAreMissing() {
        JsonObject body = ReviewsBody.of(0, "reviews-v2", Optional.of(Stars.missing("black", "503 UH x")));

        assertThat(body.getAsJsonArray("reviews").get(0).getAsJsonObject().get("rating"))
                .hasToString("{\"error\":\"Ratings service is currently unavailable\",\"reason\":\"503 UH x\"}");
    }

    @Test
    void detailsAreFacts() {
        assertThat(Details.of(7).get("id").getAsInt()).isEqualTo(7);
        assertThat(Details.of(7).get("author").getAsString()).isEqualTo("William Shakespeare");
    }

    @Test
    void productsHaveNumbers() {
        assertThat(Paths.idAfter("/reviews/", URI.create("/reviews/12"))).isEqualTo(12);
        assertThat(Paths.idAfter("/reviews/", URI.create("/reviews/x"))).isEqualTo(-1);
        assertThat(Paths.idAfter("/reviews/", URI.create("/reviews/1/2"))).isEqualTo(-1);
        assertThat(Paths.idAfter("/reviews/", URI.create("/reviews/99999999999")))
                .isEqualTo(-1);
    }
}
