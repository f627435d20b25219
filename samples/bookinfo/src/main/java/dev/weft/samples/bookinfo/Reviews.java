package dev.weft.samples.bookinfo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import dev.weft.request.LocalReply;
import dev.weft.samples.bookinfo.page.Hop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What readers say: {@code GET /reviews/0}. Version v1 shows no stars, v2 black ones and v3 red ones, both asked from ratings. The
 * client is the JDK's, wrapped by the mesh: the code is what it would be without a mesh.
 */
public final class Reviews {
    /** Istio's samples promise that this header reaches every service. */
    private static final String USER = "end-user";

    private static final Map<String, String> COLOURS = Map.of("v2", "black", "v3", "red");

    private final Service service;
    private final HttpClient http;

    private Reviews(Service service) {
        this.service = service;
        this.http = service.mesh().wrap(HttpClient.newHttpClient());
    }

    /** See {@link Settings} for the options. */
    public static void main(String[] args) {
        Service service = Service.start("reviews", args);
        service.handle("/reviews/", new Reviews(service)::answer);
        service.open();
    }

    private void answer(HttpExchange exchange) throws IOException {
        int id = Paths.idAfter("/reviews/", exchange.getRequestURI());
        if (id < 0) {
            Answers.error(exchange, 400, "please provide numeric product ID");
            return;
        }
        String colour = COLOURS.get(service.version());
        Optional<Stars> stars = colour == null ? Optional.empty() : Optional.of(stars(id, colour, exchange));
        stars.flatMap(Stars::hop).ifPresent(hop -> {
            exchange.getResponseHeaders().set(Hop.nameBehind(Hop.SERVED_BY), hop.servedBy());
            exchange.getResponseHeaders().set(Hop.nameBehind(Hop.CALLED_BY), hop.caller());
        });
        Answers.json(exchange, 200, ReviewsBody.of(id, service.instance(), stars));
    }

    private Stars stars(int id, String colour, HttpExchange inbound) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://ratings:9080/ratings/" + id));
        Optional.ofNullable(inbound.getRequestHeaders().getFirst(USER)).ifPresent(user -> request.header(USER, user));
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                String why = LocalReply.in(header(response))
                        .map(reply -> reply.flagText() + " " + reply.reason())
                        .orElse("answered by ratings: " + response.body());
                return Stars.missing(colour, response.statusCode() + " " + why);
            }
            JsonObject ratings =
                    JsonParser.parseString(response.body()).getAsJsonObject().getAsJsonObject("ratings");
            return Stars.of(colour, ratings, Hop.in(header(response)));
        } catch (IOException | JsonParseException | IllegalStateException e) {
            return Stars.missing(colour, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Stars.missing(colour, "interrupted");
        }
    }

    private static UnaryOperator<@Nullable String> header(HttpResponse<?> response) {
        return name -> response.headers().firstValue(name).orElse(null);
    }
}
