package dev.weft.samples.bookinfo.page;

import java.util.Map;

/** The foot of the page: which processes this page went through, and as whom each called the next. */
final class PathHtml {
    private PathHtml() {}

    static String of(String page, Section<Map<String, String>> details, Section<ReviewsContent> reviews) {
        StringBuilder html = new StringBuilder(box(page, "")).append("<ul><li>");
        html.append(step("details", details)).append("</li><li>").append(step("reviews", reviews));
        if (reviews instanceof Section.Filled<ReviewsContent> filled) {
            ReviewsContent content = filled.content();
            content.ratings().ifPresent(hop -> html.append(' ').append(step(hop)));
            content.ratingsProblem().ifPresent(problem -> html.append(' ').append(gone("ratings")));
        }
        return html.append("</li></ul>").toString();
    }

    private static String step(String name, Section<?> section) {
        return section instanceof Section.Filled<?> filled ? step(filled.hop()) : gone(name);
    }

    /** The identity is what the called service read in the caller's certificate. */
    private static String step(Hop hop) {
        return "<span class=\"as\" title=\"" + Html.text(hop.caller()) + "\">" + Html.text(hop.shortCaller())
                + " &rarr;</span> " + box(hop.servedBy(), "");
    }

    private static String gone(String name) {
        return "<span class=\"as\">&rarr;</span> " + box(name, "gone");
    }

    private static String box(String name, String kind) {
        return "<span class=\"box " + kind + "\">" + Html.text(name) + "</span>";
    }
}
