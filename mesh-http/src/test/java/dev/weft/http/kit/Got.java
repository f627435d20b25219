package dev.weft.http.kit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A response in nobody's terms. */
public record Got(int status, Map<String, String> headers, InputStream body, boolean http2) implements AutoCloseable {

    public static Map<String, String> names() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }

    public static InputStream whole(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    public String text() throws IOException {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
