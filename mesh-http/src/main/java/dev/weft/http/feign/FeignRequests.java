package dev.weft.http.feign;

import dev.weft.http.body.OutgoingBody;
import dev.weft.http.call.HeadBuilder;
import dev.weft.http.call.Terms;
import dev.weft.request.Hints;
import dev.weft.request.RequestHead;
import feign.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** From Feign's requests to ours. */
final class FeignRequests {
    private FeignRequests() {}

    /** Null: not a URL that anybody but the client itself could make sense of. */
    static @Nullable URI uri(Request request) {
        try {
            return URI.create(escaped(request.url()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Templates may leave characters that a URI does not allow and that HTTP clients send as they are. */
    private static String escaped(String url) {
        StringBuilder text = new StringBuilder(url.length());
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c <= ' ' || "\"<>\\^`{|}".indexOf(c) >= 0) {
                text.append('%').append(String.format("%02X", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    static RequestHead head(URI uri, Request request) {
        HeadBuilder head = HeadBuilder.of(request.httpMethod().name(), uri);
        request.headers().forEach((name, values) -> {
            if (name.equalsIgnoreCase("accept-encoding")) {
                head.field(name, String.join(", ", values));
            } else {
                values.forEach(value -> head.field(name, value));
            }
        });
        // As Feign's own client does, because some servers need to be told.
        return head.fieldIfAbsent("accept", "*/*").build();
    }

    /** Compressed where its {@code content-encoding} says that it is: to do that is the client's task in Feign. */
    static OutgoingBody body(Request request) throws IOException {
        byte[] body = request.body();
        if (body == null) {
            return OutgoingBody.NONE;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        OutputStream packing;
        if (names(request.headers(), "content-encoding", "gzip")) {
            packing = new GZIPOutputStream(packed);
        } else if (names(request.headers(), "content-encoding", "deflate")) {
            packing = new DeflaterOutputStream(packed);
        } else {
            return OutgoingBody.of(body);
        }
        try (packing) {
            packing.write(body);
        }
        return OutgoingBody.of(packed.toByteArray());
    }

    static Terms terms(Request request, Request.Options options, Hints hints) {
        return Terms.of(hints)
                .expectContinue(names(request.headers(), "expect", "100-continue"))
                .silence(readTimeout(options));
    }

    /** Between any two signs of life; zero: for ever. */
    static Duration readTimeout(Request.Options options) {
        return Duration.ofNanos(options.readTimeoutUnit().toNanos(options.readTimeout()));
    }

    /** Whether one of a field's values is that word. */
    static boolean names(Map<String, Collection<String>> headers, String field, String word) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(field))
                .flatMap(header -> header.getValue().stream())
                .anyMatch(word::equalsIgnoreCase);
    }
}
