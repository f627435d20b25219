package dev.weft.control.istio;

import org.jspecify.annotations.Nullable;

/** Where a route leads. */
public record Destination(
        String host, @Nullable String subset, @Nullable Integer port, int line) {
    static Destination read(Fields fields) {
        Integer port = fields.message("port", p -> {
            Long number = p.unsigned("number");
            return number == null ? Integer.valueOf(0) : Integer.valueOf(number.intValue());
        });
        return new Destination(fields.string("host", ""), fields.string("subset"), port, fields.line());
    }
}
