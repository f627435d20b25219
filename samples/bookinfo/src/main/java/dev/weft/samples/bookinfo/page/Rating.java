package dev.weft.samples.bookinfo.page;

/** What stands under a review. */
sealed interface Rating {

    /** The version of reviews that shows no stars. */
    record None() implements Rating {}

    /**
     * @param stars 0 to 5
     * @param colour a word that CSS knows
     */
    record Given(int stars, String colour) implements Rating {}

    /** @param problem why there is none */
    record Unavailable(String problem) implements Rating {}
}
