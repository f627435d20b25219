package dev.weft.samples.bookinfo;

import com.sun.net.httpserver.HttpExchange;
import dev.weft.samples.bookinfo.page.Hop;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What readers say: {@code GET /reviews/0}. Version v1 shows no stars, v2 black ones and v3 red ones. Both ask ratings, v2 {@link
 * StarsOverHttp over HTTP} and v3 {@link StarsOverGrpc over gRPC}.
 */
public final class Reviews {
    /** Istio's samples promise that this header reaches every service. */
    static final String USER = "end-user";

    private static final Map<String, String> COLOURS = Map.of("v2", "black", "v3", "red");

    private final Service service;
    private final StarsSource ratings;

    private Reviews(Service service) {
        this.service = service;
        this.ratings =
                service.version().equals("v3") ? new StarsOverGrpc(service.mesh()) : new StarsOverHttp(service.mesh());
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
        Optional<String> user = Optional.ofNullable(exchange.getRequestHeaders().getFirst(USER));
        Optional<Stars> stars = Optional.ofNullable(colour).map(known -> ratings.stars(id, known, user));
        stars.flatMap(Stars::hop).ifPresent(hop -> {
            exchange.getResponseHeaders().set(Hop.nameBehind(Hop.SERVED_BY), hop.servedBy());
            exchange.getResponseHeaders().set(Hop.nameBehind(Hop.CALLED_BY), hop.caller());
        });
        Answers.json(exchange, 200, ReviewsBody.of(id, service.instance(), stars));
    }
}
