package dev.weft;

import dev.weft.authz.external.Courier;
import dev.weft.config.JwtProvider;
import dev.weft.jose.KeyFetch;
import dev.weft.jose.KeySet;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Fetches keys from a service of the mesh, by a call like any other. */
final class MeshKeyFetch implements KeyFetch {
    private final Courier courier;
    private final Courier.Parcel question;

    MeshKeyFetch(Courier courier, JwtProvider.Keys.Remote where) {
        this.courier = courier;
        URI url = where.url();
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        RequestHead head = new RequestHead(
                "GET",
                "http",
                url.getRawAuthority(),
                url.getRawQuery() == null ? path : path + "?" + url.getRawQuery(),
                Headers.of("accept", "application/json"));
        question = new Courier.Parcel(where.cluster(), head, new byte[0], where.timeout());
    }

    @Override
    public CompletionStage<KeySet> fetch() {
        return courier.send(question).thenApply(answer -> {
            try {
                if (answer.head().status() != 200) {
                    throw new IOException("status " + answer.head().status() + ", 200 was expected");
                }
                return KeySet.parse(new String(answer.body(), StandardCharsets.UTF_8));
            } catch (IOException | ParseException e) {
                throw new CompletionException(e);
            }
        });
    }
}
