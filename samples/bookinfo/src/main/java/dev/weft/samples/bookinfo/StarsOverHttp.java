package dev.weft.samples.bookinfo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.weft.Mesh;
import dev.weft.request.LocalReply;
import dev.weft.samples.bookinfo.page.Hop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The client is the JDK's, wrapped by the mesh: the code is what it would be without a mesh. */
final class StarsOverHttp implements StarsSource {
    private final HttpClient http;

    StarsOverHttp(Mesh mesh) {
        this.http = mesh.wrap(HttpClient.newHttpClient());
    }

    @Override
    public Stars stars(int id, String colour, Optional<String> user) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://ratings:9080/ratings/" + id));
        user.ifPresent(name -> request.header(Reviews.USER, name));
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
