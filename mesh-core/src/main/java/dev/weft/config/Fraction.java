package dev.weft.config;

/**
 * A share of requests.
 *
 * @param numerator 0 to denominator
 * @param denominator 100, 10,000 or 1,000,000
 */
public record Fraction(int numerator, int denominator) {
    /** Every request. */
    public static final Fraction ALL = new Fraction(100, 100);

    public Fraction {
        if (denominator < 1 || numerator < 0) {
            throw new IllegalArgumentException(numerator + "/" + denominator);
        }
        numerator = Math.min(numerator, denominator);
    }

    /** Whether a die thrown as {@code nextInt(denominator())} selects the request. */
    public boolean selects(int die) {
        return die < numerator;
    }

    public boolean never() {
        return numerator == 0;
    }

    public boolean always() {
        return numerator == denominator;
    }

    @Override
    public String toString() {
        return numerator * 100.0 / denominator + " %";
    }
}
