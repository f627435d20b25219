package dev.weft.http.body;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that can be taken one time. */
final class Once implements Callable<InputStream> {
    private static final Logger log = LoggerFactory.getLogger(Once.class);

    private final AtomicReference<@Nullable InputStream> stream;

    Once(InputStream stream) {
        this.stream = new AtomicReference<>(stream);
    }

    @Override
    public InputStream call() {
        InputStream taken = stream.getAndSet(null);
        if (taken == null) {
            throw new IllegalStateException("a request body that exists once was opened twice");
        }
        return taken;
    }

    /** Closes it unless it has been taken. */
    void discard() {
        InputStream left = stream.getAndSet(null);
        if (left != null) {
            try {
                left.close();
            } catch (IOException e) {
                // Nobody reads it and nobody can be told: the call is over.
                log.debug("a request body that was not sent failed to close", e);
            }
        }
    }
}
