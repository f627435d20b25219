package dev.weft.samples.bookinfo.page;

import java.util.Map;

/** The facts of the book. */
final class DetailsHtml {
    private static final Map<String, String> LABELS = Map.of(
            "author", "Author",
            "year", "First played",
            "type", "Binding",
            "pages", "Pages",
            "publisher", "Publisher",
            "language", "Language");

    private DetailsHtml() {}

    static String of(Section<Map<String, String>> section) {
        if (section instanceof Section.Filled<Map<String, String>> filled) {
            StringBuilder rows = new StringBuilder();
            filled.content().forEach((name, value) -> {
                if (!name.equals("id")) {
                    rows.append("<div><dt>")
                            .append(Html.text(LABELS.getOrDefault(name, name)))
                            .append("</dt><dd>")
                            .append(Html.text(value))
                            .append("</dd></div>\n");
                }
            });
            return "<section id=\"details\" %s>\n<h2>Details</h2>\n<dl>\n%s</dl>\n</section>"
                    .formatted(filled.attributes(), rows);
        }
        String problem = Html.text(((Section.Missing<Map<String, String>>) section).problem());
        return """
                <section id="details" class="gone" data-missing="%s">
                <h2>Details</h2>
                <p class="notice"><b>The book's details are not available.</b> %s</p>
                </section>""".formatted(problem, problem);
    }
}
