package dev.weft.telemetry.otel;

import dev.weft.request.Headers;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

enum HeadersGetter implements TextMapGetter<Headers> {
    INSTANCE;

    @Override
    public Iterable<String> keys(Headers headers) {
        Set<String> names = new LinkedHashSet<>();
        headers.forEach((name, value) -> names.add(name));
        return names;
    }

    @Override
    public @Nullable String get(@Nullable Headers headers, String name) {
        return headers == null ? null : headers.joined(name);
    }
}
