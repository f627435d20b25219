package dev.weft.http.hc5;

import dev.weft.request.Headers;
import java.util.Set;
import org.apache.hc.core5.http.EntityDetails;
import org.jspecify.annotations.Nullable;

/** What a response's head says of its body. */
record Details(long length, @Nullable String type, @Nullable String encoding) implements EntityDetails {

    static Details of(Headers head) {
        return new Details(
                length(head.first("content-length")), head.first("content-type"), head.first("content-encoding"));
    }

    private static long length(@Nullable String written) {
        try {
            return written == null ? -1 : Long.parseLong(written);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public @Nullable String getContentType() {
        return type;
    }

    @Override
    public @Nullable String getContentEncoding() {
        return encoding;
    }

    @Override
    public boolean isChunked() {
        return length < 0;
    }

    @Override
    public Set<String> getTrailerNames() {
        return Set.of();
    }
}
