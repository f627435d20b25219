package dev.weft.jose;

import dev.weft.runtime.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys behind a URL: fetched at once, refreshed in the background by whoever asks after their time, and earlier when a token names a key
 * that is not among them. While there are none, tokens are refused. Keys that could not be refreshed stay in use for an hour, so that a
 * short outage of the issuer is none of ours; after that they no longer count, because one of them may have been withdrawn. Safe for use
 * from any thread; nobody ever waits in here.
 */
public final class RemoteKeys {
    private static final Logger log = LoggerFactory.getLogger(RemoteKeys.class);

    /** An unknown key is news at most this often: tokens with invented names must not become requests to the issuer. */
    private static final Duration UNKNOWN_PAUSE = Duration.ofSeconds(30);

    private static final Duration FAILURE_PAUSE = Duration.ofSeconds(10);
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private record Held(KeySet keys, long fetched) {}

    private final String name;
    private final KeyFetch fetch;
    private final Duration cacheFor;
    private final Duration failurePause;
    private final Ticker ticker;

    // Written by the thread that completes a fetch, read by anybody; null as long as there are none.
    private volatile @Nullable Held held;

    // All guarded by this.
    private @Nullable CompletableFuture<Void> pending;
    private long asked;
    private boolean failed;

    /**
     * Begins to fetch.
     *
     * @param name for logs
     * @param cacheFor after which they are fetched again; more than an hour counts as an hour
     */
    public RemoteKeys(String name, KeyFetch fetch, Duration cacheFor, Ticker ticker) {
        this(name, fetch, cacheFor, FAILURE_PAUSE, ticker);
    }

    /** @param failurePause how long to leave an issuer alone that did not answer */
    public RemoteKeys(String name, KeyFetch fetch, Duration cacheFor, Duration failurePause, Ticker ticker) {
        this.name = name;
        this.fetch = fetch;
        this.cacheFor = cacheFor.compareTo(MAX_AGE) > 0 ? MAX_AGE : cacheFor;
        this.failurePause = failurePause;
        this.ticker = ticker;
        refresh(Duration.ZERO);
    }

    /** The keys of this moment, or null: there are none that count. */
    public @Nullable KeySet keys() {
        Held known = held;
        long age = known == null ? Long.MAX_VALUE : ticker.nanoTime() - known.fetched;
        if (age >= cacheFor.toNanos()) {
            refresh(Duration.ZERO);
        }
        return known == null || age > MAX_AGE.toNanos() ? null : known.keys;
    }

    /**
     * The fetch that may bring what is missing, or null: waiting would help nothing.
     *
     * @param keyId that a token names, or null
     */
    public @Nullable CompletionStage<Void> worthWaitingFor(@Nullable String keyId) {
        KeySet known = keys();
        if (known != null && (keyId == null || known.mayHave(keyId))) {
            return null;
        }
        return refresh(known == null ? Duration.ZERO : UNKNOWN_PAUSE);
    }

    /** Fetches unless that was done too lately; returns the fetch that runs, or null. */
    private @Nullable CompletionStage<Void> refresh(Duration pause) {
        CompletableFuture<Void> mine;
        synchronized (this) {
            if (pending != null) {
                return pending;
            }
            long now = ticker.nanoTime();
            Duration wanted = failed && failurePause.compareTo(pause) > 0 ? failurePause : pause;
            if ((held != null || failed) && now - asked < wanted.toNanos()) {
                return null;
            }
            asked = now;
            mine = new CompletableFuture<>();
            pending = mine;
        }
        begin().whenComplete((keys, failure) -> done(mine, keys, failure));
        return mine;
    }

    private CompletionStage<KeySet> begin() {
        try {
            return fetch.fetch();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void done(CompletableFuture<Void> mine, @Nullable KeySet keys, @Nullable Throwable failure) {
        boolean first;
        synchronized (this) {
            if (keys != null) {
                held = new Held(keys, ticker.nanoTime());
            }
            first = keys == null && !failed;
            failed = keys == null;
            pending = null;
        }
        if (first) {
            log.warn(
                    "the keys behind {} cannot be fetched: {}; {}",
                    name,
                    String.valueOf(failure instanceof CompletionException ? failure.getCause() : failure),
                    held == null
                            ? "tokens of this issuer are refused until they can"
                            : "the former ones stay in use for an hour at most");
        }
        mine.complete(null);
    }
}
