package dev.weft.samples.bookinfo.page;

/** Five stars, some of them filled. */
final class StarRow {
    /** A five-pointed star in a square of 24. */
    private static final String SHAPE = "M12 1.6l3.1 6.8 7.4.8-5.5 5 1.5 7.3L12 17.8l-6.5 3.7L7 14.2l-5.5-5 7.4-.8z";

    private StarRow() {}

    static String of(Rating.Given rating) {
        StringBuilder html = new StringBuilder("<div class=\"stars ")
                .append(rating.colour())
                .append("\" role=\"img\" aria-label=\"")
                .append(rating.stars())
                .append(" of 5 ")
                .append(rating.colour())
                .append(" stars\">");
        for (int i = 1; i <= 5; i++) {
            html.append("<svg class=\"")
                    .append(i <= rating.stars() ? "full" : "empty")
                    .append("\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"")
                    .append(SHAPE)
                    .append("\"/></svg>");
        }
        return html.append("</div>").toString();
    }
}
