package dev.weft.samples.bookinfo.page;

/** What readers say, with stars or without. */
final class ReviewsHtml {
    private ReviewsHtml() {}

    static String of(Section<ReviewsContent> section) {
        if (section instanceof Section.Filled<ReviewsContent> filled) {
            ReviewsContent content = filled.content();
            StringBuilder html = new StringBuilder("<section id=\"reviews\" ")
                    .append(filled.attributes())
                    .append(" data-stars=\"")
                    .append(Html.text(content.stars()))
                    .append('"');
            content.ratings().ifPresent(hop -> {
                attribute(html, "data-ratings-by", hop.servedBy());
                attribute(html, "data-ratings-caller", hop.caller());
            });
            content.ratingsProblem().ifPresent(problem -> attribute(html, "data-ratings-missing", problem));
            html.append(">\n<h2>Readers say</h2>\n");
            content.reviews().forEach(review -> html.append(card(review)));
            return html.append("</section>").toString();
        }
        String problem = Html.text(((Section.Missing<ReviewsContent>) section).problem());
        return """
                <section id="reviews" class="gone" data-missing="%s">
                <h2>Readers say</h2>
                <p class="notice"><b>Reviews are not available.</b> %s</p>
                </section>""".formatted(problem, problem);
    }

    private static void attribute(StringBuilder html, String name, String value) {
        html.append(' ').append(name).append("=\"").append(Html.text(value)).append('"');
    }

    private static String card(ReviewsContent.Review review) {
        return """
                <article>
                %s<blockquote>%s</blockquote>
                <p class="reviewer">%s</p>
                </article>
                """.formatted(stars(review.rating()), Html.text(review.text()), Html.text(review.reviewer()));
    }

    private static String stars(Rating rating) {
        if (rating instanceof Rating.Given given) {
            return StarRow.of(given) + "\n";
        }
        if (rating instanceof Rating.Unavailable missing) {
            return "<p class=\"notice\">" + Html.text(missing.problem()) + "</p>\n";
        }
        return "";
    }
}
