package dev.weft.control.keys;

import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.RequestAuthentication.JwtRule;
import dev.weft.control.translate.KeyRing;
import dev.weft.jose.KeyFetch;
import dev.weft.jose.KeySet;
import dev.weft.jose.RemoteKeys;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys behind URLs: fetched when a policy first names them, and looked for anew each five minutes, or sooner where they could not be
 * had. Safe for use from any thread.
 */
public final class FetchedKeys implements KeyRing {
    private static final Logger log = LoggerFactory.getLogger(FetchedKeys.class);

    /** Istio's time for an answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Duration CACHE = Duration.ofMinutes(5);
    /** Also the pause after a failure: {@link RemoteKeys} leaves a silent issuer alone for some seconds. */
    private static final Duration LOOK = Duration.ofSeconds(15);

    private final boolean local;
    private final World world;
    private final Executor fetcher;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    // All guarded by this.
    private final Map<Source, Held> held = new HashMap<>();
    private long revision;
    private boolean closed;
    private Timer.@Nullable Handle next;

    /**
     * Begins without keys.
     *
     * @param local whether URLs may lead to this machine or a link-local address. Otherwise they may not: whoever writes a policy
     *     could let the control plane ask what only it can reach
     */
    public FetchedKeys(boolean local, World world) {
        this(local, world, threads());
    }

    /** @param fetcher runs fetches, and what follows from them */
    FetchedKeys(boolean local, World world, Executor fetcher) {
        this.local = local;
        this.world = world;
        this.fetcher = fetcher;
        look();
    }

    /** More than one, so that a slow issuer does not keep others waiting for all of its time. */
    private static ExecutorService threads() {
        return Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "weft-keys");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Where keys are: at a URL, or where the issuer says. */
    private record Source(String issuer, String url, Duration timeout) {
        static Source of(JwtRule rule) {
            String url = rule.jwksUri() == null ? "" : rule.jwksUri();
            return new Source(
                    url.isEmpty() ? rule.issuer() : "", url, rule.timeout() == null ? TIMEOUT : rule.timeout());
        }
    }

    private static final class Held {
        private final @Nullable RemoteKeys keys;
        /** Guarded by the ring. */
        private @Nullable String json;

        Held(@Nullable RemoteKeys keys) {
            this.keys = keys;
        }
    }

    @Override
    public void follow(IstioConfig config) {
        synchronized (this) {
            Map<Source, Held> wanted = new HashMap<>();
            config.requestAuthentications().stream()
                    .flatMap(resource -> resource.spec().rules().stream())
                    .filter(rule -> rule.jwks() == null || rule.jwks().isEmpty())
                    .map(Source::of)
                    .forEach(source -> {
                        Held known = held.get(source);
                        wanted.computeIfAbsent(source, any -> known == null ? begin(source) : known);
                    });
            held.clear();
            held.putAll(wanted);
        }
        compare();
    }

    private Held begin(Source source) {
        try {
            KeyFetch fetch = source.url.isEmpty()
                    ? KeyFetch.discovered(URI.create(source.issuer), local, source.timeout, fetcher, world.ticker())
                    : KeyFetch.https(URI.create(source.url), local, source.timeout, fetcher, world.ticker());
            RemoteKeys keys = new RemoteKeys(
                    source.url.isEmpty() ? "issuer " + source.issuer : source.url, fetch, CACHE, world.ticker());
            CompletionStage<Void> coming = keys.worthWaitingFor(null);
            if (coming != null) {
                coming.thenRun(this::compare);
            }
            return new Held(keys);
        } catch (IllegalArgumentException e) {
            log.warn("{}; tokens of this issuer are refused", e.getMessage());
            return new Held(null);
        }
    }

    @Override
    public synchronized @Nullable String of(JwtRule rule) {
        Held found = held.get(Source.of(rule));
        return found == null ? null : found.json;
    }

    /** Takes up what has changed. */
    private void compare() {
        boolean changed = false;
        synchronized (this) {
            for (Held one : held.values()) {
                // Asking is what lets keys be fetched again when it is time.
                KeySet now = one.keys == null ? null : one.keys.keys();
                String json = now == null ? null : PublicKeys.of(now.json());
                if (!Objects.equals(json, one.json)) {
                    one.json = json;
                    changed = true;
                }
            }
            revision += changed ? 1 : 0;
        }
        if (changed) {
            listeners.forEach(Runnable::run);
        }
    }

    private void look() {
        synchronized (this) {
            if (closed) {
                return;
            }
            // What this look lets be fetched, the next one finds.
            fetcher.execute(this::compare);
            next = world.timer().schedule(LOOK.toNanos(), this::look);
        }
    }

    @Override
    public synchronized long revision() {
        return revision;
    }

    @Override
    public Runnable onChange(Runnable changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (next != null) {
                next.cancel();
            }
        }
        if (fetcher instanceof ExecutorService threads) {
            threads.shutdownNow();
        }
    }
}
