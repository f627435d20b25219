package dev.weft.samples.bookinfo.page;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the services' JSON. What cannot be read is a missing section and not an exception. */
final class Reading {
    private Reading() {}

    /** Facts by label, in the service's order. */
    static Section<Map<String, String>> details(Answer answer) {
        return section(answer, json -> {
            Map<String, String> facts = new LinkedHashMap<>();
            json.entrySet()
                    .forEach(one -> facts.put(one.getKey(), one.getValue().getAsString()));
            return facts;
        });
    }

    static Section<ReviewsContent> reviews(Answer answer) {
        return section(answer, json -> {
            List<ReviewsContent.Review> reviews = new ArrayList<>();
            for (JsonElement one : json.getAsJsonArray("reviews")) {
                JsonObject review = one.getAsJsonObject();
                reviews.add(new ReviewsContent.Review(
                        review.get("reviewer").getAsString(), review.get("text").getAsString(), rating(review)));
            }
            return new ReviewsContent(reviews, answer.behind());
        });
    }

    private static Rating rating(JsonObject review) {
        if (!review.has("rating")) {
            return new Rating.None();
        }
        JsonObject rating = review.getAsJsonObject("rating");
        if (rating.has("error")) {
            String reason = rating.has("reason") ? " (" + rating.get("reason").getAsString() + ")" : "";
            return new Rating.Unavailable(rating.get("error").getAsString() + reason);
        }
        int stars = Math.max(0, Math.min(5, rating.get("stars").getAsInt()));
        // Ends in a class name and in CSS.
        String colour = rating.get("color").getAsString();
        return new Rating.Given(stars, colour.matches("[a-z]{1,20}") ? colour : "black");
    }

    private static <T> Section<T> section(Answer answer, Function<JsonObject, T> reader) {
        if (answer.status() != 200) {
            return new Section.Missing<>(answer.problem());
        }
        try {
            T content = reader.apply(JsonParser.parseString(answer.body()).getAsJsonObject());
            return new Section.Filled<>(content, answer.hop().orElse(new Hop("somebody", "")));
        } catch (JsonParseException
                | IllegalStateException
                | UnsupportedOperationException
                | NumberFormatException
                | NullPointerException e) {
            return new Section.Missing<>("an answer that is not what was expected: " + e.getMessage());
        }
    }
}
