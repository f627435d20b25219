package dev.weft.samples.bookinfo.page;

import java.util.List;
import java.util.Optional;

/**
 * @param reviews as they came
 * @param ratings the call to ratings, if there was one
 */
record ReviewsContent(List<Review> reviews, Optional<Hop> ratings) {

    record Review(String reviewer, String text, Rating rating) {}

    /** {@code none}, {@code black}, {@code red} or {@code unavailable}: what all of the stars have in common. */
    String stars() {
        for (Review review : reviews) {
            if (review.rating() instanceof Rating.Given given) {
                return given.colour();
            }
            if (review.rating() instanceof Rating.Unavailable) {
                return "unavailable";
            }
        }
        return "none";
    }

    /** Why there are no stars where there should be. */
    Optional<String> ratingsProblem() {
        return reviews.stream()
                .map(Review::rating)
                .filter(Rating.Unavailable.class::isInstance)
                .map(rating -> ((Rating.Unavailable) rating).problem())
                .findFirst();
    }
}
