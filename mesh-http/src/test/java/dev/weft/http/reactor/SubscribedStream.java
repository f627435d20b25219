package dev.weft.http.reactor;

import dev.weft.http.kit.Eventually;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body as Spring's stream of buffers, which cannot be closed before the channel's event loop has subscribed for it. */
public final class SubscribedStream extends FilterInputStream {
    public SubscribedStream(InputStream in) {
        super(in);
    }

    @Override
    public void close() {
        Eventually.is("subscribed to the body", () -> {
            try {
                in.close();
                return true;
            } catch (IllegalStateException | IOException e) {
                return false;
            }
        });
    }
}
