package dev.weft.http.hc5;

import dev.weft.http.body.AnswerStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** The body of a response that came over the mesh. */
record AnswerEntity(Details details, AnswerStream stream) implements HttpEntity {

    @Override
    public InputStream getContent() {
        return stream;
    }

    @Override
    public void writeTo(OutputStream to) throws IOException {
        try (stream) {
            stream.transferTo(to);
        }
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    /** None: they come after the stream, and the chain shows only those of its own streams. */
    @Override
    public @Nullable Supplier<List<? extends Header>> getTrailers() {
        return null;
    }

    @Override
    public long getContentLength() {
        return details.length();
    }

    @Override
    public @Nullable String getContentType() {
        return details.type();
    }

    @Override
    public @Nullable String getContentEncoding() {
        return details.encoding();
    }

    @Override
    public boolean isChunked() {
        return details.isChunked();
    }

    @Override
    public Set<String> getTrailerNames() {
        return details.getTrailerNames();
    }

    @Override
    public void close() {
        stream.close();
    }
}
