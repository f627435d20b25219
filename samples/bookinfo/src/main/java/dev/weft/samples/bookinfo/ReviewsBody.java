package dev.weft.samples.bookinfo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;

/** The JSON of {@code /reviews/0}, in Bookinfo's shape. */
final class ReviewsBody {
    private ReviewsBody() {}

    /** @param stars empty for the version that shows none */
    static JsonObject of(int id, String instance, Optional<Stars> stars) {
        JsonArray reviews = new JsonArray();
        reviews.add(review(
                "Reviewer1",
                "Two pairs of twins, one day, and nobody who asks the one question that would end it. I laughed in the"
                        + " quiet carriage.",
                stars));
        reviews.add(review(
                "Reviewer2",
                "His shortest play and his tidiest. The goldsmith alone is worth the price; the abbess comes late and"
                        + " sets everything right.",
                stars));
        JsonObject body = new JsonObject();
        body.addProperty("id", String.valueOf(id));
        body.addProperty("podname", instance);
        body.addProperty("clustername", "null");
        body.add("reviews", reviews);
        return body;
    }

    private static JsonObject review(String reviewer, String text, Optional<Stars> stars) {
        JsonObject review = new JsonObject();
        review.addProperty("reviewer", reviewer);
        review.addProperty("text", text);
        stars.flatMap(all -> all.of(reviewer)).ifPresent(rating -> review.add("rating", rating));
        return review;
    }
}
