package dev.weft.control.access;

import dev.weft.jose.KeyFetch;
import dev.weft.jose.KeySet;
import dev.weft.jose.RemoteKeys;
import dev.weft.runtime.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Keys behind a URL, fetched on a thread of their own. */
public final class RemoteIssuerKeys implements IssuerKeys, AutoCloseable {
    private static final Duration AGE = Duration.ofMinutes(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ExecutorService fetcher = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "weft-jwks");
        thread.setDaemon(true);
        return thread;
    });
    private final RemoteKeys keys;

    RemoteIssuerKeys(URI url, boolean local, Ticker ticker) {
        this.keys = new RemoteKeys(url.toString(), KeyFetch.https(url, local, TIMEOUT, fetcher, ticker), AGE, ticker);
    }

    @Override
    public @Nullable KeySet keys(@Nullable String keyId) {
        // Begins the fetch that may bring an unknown key; who asks again later finds it.
        var unused = keys.worthWaitingFor(keyId);
        return keys.keys();
    }

    @Override
    public void close() {
        fetcher.shutdownNow();
    }
}
