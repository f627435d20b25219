package dev.weft.http.spring.reactive;

import dev.weft.http.call.Uris;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import reactor.core.publisher.Mono;

/**
 * A request as the WebClient describes it, or as a redirect changed it.
 *
 * @param callback writes head and body, anew for each hop
 * @param followed redirects before this one
 */
record Hop(HttpMethod method, URI uri, Function<? super ClientHttpRequest, Mono<Void>> callback, int followed) {

    /**
     * Where the response points, as clients of this kind follow it; null: the response is the caller's.
     *
     * @param most redirects in a row
     */
    @Nullable
    Hop redirected(ClientHttpResponse response, int most) {
        int status = response.getStatusCode().value();
        boolean redirects = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        String location = response.getHeaders().getFirst("location");
        if (!redirects || location == null || followed >= most) {
            return null;
        }
        URI to;
        try {
            to = uri.resolve(URI.create(location));
        } catch (IllegalArgumentException e) {
            return null;
        }
        String scheme = Uris.scheme(to);
        boolean down = Uris.scheme(uri).equals("https") && scheme.equals("http");
        if (down || (!scheme.equals("http") && !scheme.equals("https"))) {
            return null;
        }
        boolean becomesGet =
                status == 303 ? method != HttpMethod.HEAD : status <= 302 && method.equals(HttpMethod.POST);
        boolean sameServer =
                scheme.equals(Uris.scheme(uri)) && Uris.authority(to).equalsIgnoreCase(Uris.authority(uri));
        boolean dropsBody = becomesGet && method != HttpMethod.GET;
        return new Hop(
                becomesGet ? HttpMethod.GET : method,
                to,
                sameServer && !dropsBody
                        ? callback
                        : request -> callback.apply(new RedirectedRequest(request, dropsBody, sameServer)),
                followed + 1);
    }
}
