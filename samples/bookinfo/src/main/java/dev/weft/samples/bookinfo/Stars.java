package dev.weft.samples.bookinfo;

import com.google.gson.JsonObject;
import dev.weft.samples.bookinfo.page.Hop;
import java.util.Optional;

/**
 * What a version with stars learnt from ratings.
 *
 * @param colour of the stars
 * @param byReviewer whole numbers by reviewer; empty if ratings did not answer
 * @param problem why not
 * @param hop the call to ratings
 */
record Stars(String colour, Optional<JsonObject> byReviewer, Optional<String> problem, Optional<Hop> hop) {
    static Stars of(String colour, JsonObject byReviewer, Optional<Hop> hop) {
        return new Stars(colour, Optional.of(byReviewer), Optional.empty(), hop);
    }

    static Stars missing(String colour, String problem) {
        return new Stars(colour, Optional.empty(), Optional.of(problem), Optional.empty());
    }

    /** Bookinfo's shape: {@code {"stars": 5, "color": "red"}}, or {@code {"error": "..."}}. */
    Optional<JsonObject> of(String reviewer) {
        JsonObject rating = new JsonObject();
        if (byReviewer.isEmpty()) {
            rating.addProperty("error", "Ratings service is currently unavailable");
            problem.ifPresent(why -> rating.addProperty("reason", why));
            return Optional.of(rating);
        }
        if (!byReviewer.get().has(reviewer)) {
            return Optional.empty();
        }
        rating.addProperty("stars", byReviewer.get().get(reviewer).getAsInt());
        rating.addProperty("color", colour);
        return Optional.of(rating);
    }
}
