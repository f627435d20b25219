package dev.weft.samples.bookinfo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stars by reviewer: {@code GET /ratings/0}; {@code POST /ratings/0} with {@code {"Reviewer1": 3}} changes them. The same over gRPC. Calls
 * nobody.
 */
public final class Ratings {
    private static final Map<String, Integer> AT_FIRST = Map.of("Reviewer1", 5, "Reviewer2", 4);

    private final Map<Integer, Map<String, Integer>> byProduct = new ConcurrentHashMap<>();

    /** See {@link Settings} for the options. */
    public static void main(String[] args) {
        Service service = Service.startWithGrpc("ratings", args);
        Ratings ratings = new Ratings();
        service.handle("/ratings/", ratings::answer);
        service.serve(new RatingsOverGrpc(ratings));
        service.open();
    }

    private void answer(HttpExchange exchange) throws IOException {
        int id = Paths.idAfter("/ratings/", exchange.getRequestURI());
        if (id < 0) {
            Answers.error(exchange, 400, "please provide numeric product ID");
            return;
        }
        switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" -> Answers.json(exchange, 200, of(id));
            case "POST" -> {
                String body = new String(exchange.getRequestBody().readNBytes(10_000), StandardCharsets.UTF_8);
                try {
                    rate(id, body);
                } catch (IllegalArgumentException e) {
                    Answers.error(exchange, 400, "please provide valid ratings JSON: " + e.getMessage());
                    return;
                }
                Answers.json(exchange, 200, of(id));
            }
            default -> Answers.error(exchange, 405, "expected GET or POST");
        }
    }

    Map<String, Integer> stars(int id) {
        return byProduct.getOrDefault(id, AT_FIRST);
    }

    JsonObject of(int id) {
        JsonObject stars = new JsonObject();
        new TreeMap<>(stars(id)).forEach(stars::addProperty);
        JsonObject ratings = new JsonObject();
        ratings.addProperty("id", id);
        ratings.add("ratings", stars);
        return ratings;
    }

    /** @throws IllegalArgumentException unless {@code json} is an object of whole numbers from 1 to 5 */
    void rate(int id, String json) {
        Map<String, Integer> stars = new HashMap<>();
        try {
            JsonParser.parseString(json)
                    .getAsJsonObject()
                    .entrySet()
                    .forEach(one -> stars.put(one.getKey(), one.getValue().getAsInt()));
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            throw new IllegalArgumentException("expected an object such as {\"Reviewer1\": 3}", e);
        }
        rate(id, stars);
    }

    /** @throws IllegalArgumentException unless all are from 1 to 5 */
    void rate(int id, Map<String, Integer> stars) {
        stars.forEach((reviewer, value) -> {
            if (value < 1 || value > 5) {
                throw new IllegalArgumentException(reviewer + " is " + value + ", expected 1 to 5");
            }
        });
        byProduct.put(id, Map.copyOf(stars));
    }
}
