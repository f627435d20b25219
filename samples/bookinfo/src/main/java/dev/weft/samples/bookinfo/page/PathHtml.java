package dev.weft.samples.bookinfo.page;

import java.util.Map;

/** The foot of the page: which processes this page went through. */
final class PathHtml {
    private PathHtml() {}

    static String of(String page, Section<Map<String, String>> details, Section<ReviewsContent> reviews) {
        StringBuilder html = new StringBuilder(box(page, "")).append("<ul><li>");
        html.append(box("details", details)).append("</li><li>").append(box("reviews", reviews));
        if (reviews instanceof Section.Filled<ReviewsContent> filled) {
            ReviewsContent content = filled.content();
            content.ratingsBy().ifPresent(by -> html.append(ARROW).append(box(by, "")));
            content.ratingsProblem().ifPresent(problem -> html.append(ARROW).append(box("ratings", "gone")));
        }
        return html.append("</li></ul>").toString();
    }

    private static final String ARROW = " <span class=\"arrow\">&rarr;</span> ";

    private static String box(String name, Section<?> section) {
        return section instanceof Section.Filled<?> filled ? box(filled.servedBy(), "") : box(name, "gone");
    }

    private static String box(String name, String kind) {
        return "<span class=\"box " + kind + "\">" + Html.text(name) + "</span>";
    }
}
