package dev.weft.samples.bookinfo.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The page. What a program wants to know of it stands in {@code data-} attributes: {@code data-served-by}, {@code data-caller} and
 * {@code data-missing} on the two sections, {@code data-stars}, {@code data-ratings-by} and {@code data-ratings-caller} on the reviews.
 */
public final class ProductHtml {
    private static final String FRAME = resource("productpage.html");
    private static final String STYLE = resource("productpage.css");

    private ProductHtml() {}

    /**
     * @param user signed in, if anybody is
     * @param servedBy this instance of the page's service
     * @param details answer to {@code /details/0}
     * @param reviews answer to {@code /reviews/0}
     * @param millis how long both took together
     */
    public static String of(Optional<String> user, String servedBy, Answer details, Answer reviews, long millis) {
        Section<Map<String, String>> facts = Reading.details(details);
        Section<ReviewsContent> opinions = Reading.reviews(reviews);
        return fill(Map.of(
                "style", STYLE,
                "sign-in", SignIn.of(user),
                "details", DetailsHtml.of(facts),
                "reviews", ReviewsHtml.of(opinions),
                "path", PathHtml.of(servedBy, facts, opinions),
                "millis", String.valueOf(millis)));
    }

    private static String fill(Map<String, String> parts) {
        StringBuilder page = new StringBuilder();
        int from = 0;
        for (int open = FRAME.indexOf("{{"); open >= 0; open = FRAME.indexOf("{{", from)) {
            int close = FRAME.indexOf("}}", open);
            page.append(FRAME, from, open).append(parts.get(FRAME.substring(open + 2, close)));
            from = close + 2;
        }
        return page.append(FRAME.substring(from)).toString();
    }

    private static String resource(String name) {
        try (InputStream in = ProductHtml.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
