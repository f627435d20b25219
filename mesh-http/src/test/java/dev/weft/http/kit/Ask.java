package dev.weft.http.kit;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request in nobody's terms, for an adapter's test to translate.
 *
 * @param headers alternating names and values
 * @param body or null
 * @param stream opens a body that streams, or null
 * @param once the stream exists once
 * @param expectContinue where the client can
 * @param timeout the client's own, or null
 */
public record Ask(
        String method,
        String url,
        List<String> headers,
        byte @Nullable [] body,
        @Nullable Supplier<InputStream> stream,
        boolean once,
        boolean expectContinue,
        @Nullable Duration timeout) {

    public static Ask get(String path) {
        return new Ask("GET", "http://reviews:9080" + path, List.of(), null, null, false, false, null);
    }

    public static Ask url(String url) {
        return new Ask("GET", url, List.of(), null, null, false, false, null);
    }

    public static Ask post(String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Ask("POST", "http://reviews:9080" + path, List.of(), bytes, null, false, false, null);
    }

    public static Ask upload(String path, Supplier<InputStream> stream, boolean once) {
        return new Ask("POST", "http://reviews:9080" + path, List.of(), null, stream, once, false, null);
    }

    public static Supplier<InputStream> bytes(String text) {
        return () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    public Ask header(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new Ask(method, url, List.copyOf(more), body, stream, once, expectContinue, timeout);
    }

    public Ask method(String other) {
        return new Ask(other, url, headers, body, stream, once, expectContinue, timeout);
    }

    public Ask expectingContinue() {
        return new Ask(method, url, headers, body, stream, once, true, timeout);
    }

    public Ask within(Duration own) {
        return new Ask(method, url, headers, body, stream, once, expectContinue, own);
    }
}
