package dev.weft.samples.bookinfo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes whole answers. */
public final class Answers {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private Answers() {}

    static void json(HttpExchange exchange, int status, JsonElement body) throws IOException {
        send(exchange, status, "application/json", text(body));
    }

    /** {@code {"error": "..."}}, as Bookinfo's services say it. */
    static void error(HttpExchange exchange, int status, String message) throws IOException {
        json(exchange, status, error(message));
    }

    public static JsonElement error(String message) {
        return GSON.toJsonTree(Map.of("error", message));
    }

    public static String text(JsonElement body) {
        return GSON.toJson(body);
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
