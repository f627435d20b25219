package dev.weft.control.access;

import com.nimbusds.jose.jwk.JWKSet;
import dev.weft.control.access.RefusedException.Reason;
import dev.weft.runtime.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys behind a URL, fetched by a thread of their own: first when this is made, then each five minutes at most, on demand, and
 * earlier when a token names an unknown key, at most once in 30 s. While there are none, everything is refused.
 */
public final class RemoteKeySet extends KeySet implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RemoteKeySet.class);
    private static final Duration AGE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 1 << 20;

    private final URI url;
    private final boolean local;
    private final Ticker ticker;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ExecutorService fetcher = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "weft-jwks");
        thread.setDaemon(true);
        return thread;
    });
    /** Written by the fetcher, read by anybody; null as long as there are none. */
    private volatile @Nullable JWKSet keys;
    /** Guarded by this: when the last fetch was asked for. */
    private long asked;

    private RemoteKeySet(URI url, boolean local, Ticker ticker) {
        this.url = url;
        this.local = local;
        this.ticker = ticker;
        this.asked = ticker.nanoTime();
    }

    /**
     * Keys behind a URL.
     *
     * @param url https; http only where {@code local}
     * @param local whether the URL may lead to this machine or a link-local address. Otherwise it may not: whoever writes the
     *     URL could let the control plane ask what only it can reach
     */
    public static RemoteKeySet of(URI url, boolean local, Ticker ticker) {
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        if (url.getHost() == null || !secure && !(local && "http".equalsIgnoreCase(url.getScheme()))) {
            throw new IllegalArgumentException("jwks: " + url + ", an https URL with a host was expected");
        }
        RemoteKeySet set = new RemoteKeySet(url, local, ticker);
        set.fetcher.execute(set::fetch);
        return set;
    }

    @Override
    JWKSet keys() throws RefusedException {
        JWKSet known = keys;
        refresh(known == null ? PAUSE : AGE);
        if (known == null) {
            throw new RefusedException(Reason.UNAVAILABLE, "the issuer's keys are not at hand yet; try again");
        }
        return known;
    }

    @Override
    void missed() {
        refresh(PAUSE);
    }

    private synchronized void refresh(Duration age) {
        long now = ticker.nanoTime();
        if (now - asked >= age.toNanos() && !fetcher.isShutdown()) {
            asked = now;
            fetcher.execute(this::fetch);
        }
    }

    /** On the fetcher's thread. What was fetched before stays if this fails. */
    private void fetch() {
        try {
            refuseLocal();
            HttpRequest request = HttpRequest.newBuilder(url).timeout(TIMEOUT).build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException("status " + response.statusCode() + ", 200 was expected");
                }
                byte[] bytes = body.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new IOException("more than " + MAX_BYTES + " bytes");
                }
                keys = JWKSet.parse(new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (IOException | ParseException | RuntimeException e) {
            log.warn(
                    "the keys behind {} cannot be fetched: {}; {}",
                    url,
                    e.toString(),
                    keys == null ? "tokens of this issuer are refused until they can" : "the former ones stay in use");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuseLocal() throws IOException {
        if (local) {
            return;
        }
        for (InetAddress address : InetAddress.getAllByName(url.getHost())) {
            if (address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isAnyLocalAddress()) {
                throw new IOException(address + " is local, a public address was expected");
            }
        }
    }

    @Override
    public void close() {
        fetcher.shutdownNow();
    }
}
