package dev.weft.samples.bookinfo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes whole answers. */
final class Answers {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private Answers() {}

    static void json(HttpExchange exchange, int status, JsonElement body) throws IOException {
        send(exchange, status, "application/json", GSON.toJson(body));
    }

    /** {@code {"error": "..."}}, as Bookinfo's services say it. */
    static void error(HttpExchange exchange, int status, String message) throws IOException {
        json(exchange, status, GSON.toJsonTree(Map.of("error", message)));
    }

    static void html(HttpExchange exchange, int status, String page) throws IOException {
        exchange.getResponseHeaders().set("cache-control", "no-store");
        send(exchange, status, "text/html; charset=utf-8", page);
    }

    static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("location", location);
        exchange.sendResponseHeaders(302, -1);
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
