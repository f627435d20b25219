package dev.weft.samples.bookinfo;

import com.google.gson.JsonObject;

/** The facts of a book: {@code GET /details/0}. Calls nobody. */
public final class Details {
    private Details() {}

    /** See {@link Settings} for the options. */
    public static void main(String[] args) {
        Service service = Service.start("details", args);
        service.handle("/details/", exchange -> {
            int id = Paths.idAfter("/details/", exchange.getRequestURI());
            if (id < 0) {
                Answers.error(exchange, 400, "please provide numeric product ID");
                return;
            }
            Answers.json(exchange, 200, of(id));
        });
        service.open();
    }

    static JsonObject of(int id) {
        JsonObject details = new JsonObject();
        details.addProperty("id", id);
        details.addProperty("author", "William Shakespeare");
        details.addProperty("year", 1594);
        details.addProperty("type", "paperback");
        details.addProperty("pages", 208);
        details.addProperty("publisher", "Two Dromios Press");
        details.addProperty("language", "English");
        details.addProperty("ISBN-10", "0000015946");
        details.addProperty("ISBN-13", "978-0000015941");
        return details;
    }
}
