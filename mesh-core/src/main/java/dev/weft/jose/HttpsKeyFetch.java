package dev.weft.jose;

import dev.weft.runtime.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.net.ssl.HttpsURLConnection;

/**
 * Over the JDK's oldest client, because it is the one that lets its sockets be made by others: {@link CheckedSockets} sees the address
 * that is connected to.
 */
final class HttpsKeyFetch implements KeyFetch {
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final URI url;
    private final boolean local;
    private final Duration timeout;
    private final Executor blocking;
    private final Ticker ticker;

    private HttpsKeyFetch(URI url, boolean local, Duration timeout, Executor blocking, Ticker ticker) {
        this.url = url;
        this.local = local;
        this.timeout = timeout;
        this.blocking = blocking;
        this.ticker = ticker;
    }

    static HttpsKeyFetch of(URI url, boolean local, Duration timeout, Executor blocking, Ticker ticker) {
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
        boolean plain = local && "http".equalsIgnoreCase(url.getScheme());
        if (url.getHost() == null || url.getRawUserInfo() != null || !secure && !plain) {
            throw new IllegalArgumentException("jwks: " + url + ", an https URL with a host was expected");
        }
        return new HttpsKeyFetch(url, local, timeout, blocking, ticker);
    }

    /** See {@link KeyFetch#discovered}. */
    static KeyFetch discovering(URI issuer, boolean local, Duration timeout, Executor blocking, Ticker ticker) {
        String base = issuer.toString();
        HttpsKeyFetch metadata = of(
                URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + DISCOVERY),
                local,
                timeout,
                blocking,
                ticker);
        return () -> CompletableFuture.supplyAsync(
                () -> {
                    try {
                        Object found = Json.object(metadata.text()).get("jwks_uri");
                        if (!(found instanceof String url)) {
                            throw new ParseException("a text jwks_uri was expected in " + metadata.url, 0);
                        }
                        // What the issuer says is checked as what the policy says is.
                        return KeySet.parse(of(URI.create(url), local, timeout, blocking, ticker)
                                .text());
                    } catch (IOException | ParseException | IllegalArgumentException e) {
                        throw new CompletionException(e);
                    }
                },
                blocking);
    }

    @Override
    public CompletionStage<KeySet> fetch() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return KeySet.parse(text());
                    } catch (IOException | ParseException e) {
                        throw new CompletionException(e);
                    }
                },
                blocking);
    }

    private String text() throws IOException {
        long start = ticker.nanoTime();
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
        try {
            if (connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(new CheckedSockets(
                        HttpsURLConnection.getDefaultSSLSocketFactory(), local, () -> millisLeft(start)));
            }
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setConnectTimeout(millisLeft(start));
            connection.setReadTimeout(millisLeft(start));
            connection.setRequestProperty("accept", "application/json, application/jwk-set+json");
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("status " + status + ", 200 was expected");
            }
            try (InputStream body = connection.getInputStream()) {
                return read(body, start);
            }
        } finally {
            // Not kept: the next fetch is minutes away, and its address is to be checked anew.
            connection.disconnect();
        }
    }

    private String read(InputStream body, long start) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        for (int count = body.read(part); count >= 0; count = body.read(part)) {
            all.write(part, 0, count);
            if (all.size() > KeySet.MAX_CHARS) {
                throw new IOException("more than " + KeySet.MAX_CHARS + " bytes");
            }
            millisLeft(start);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** @throws IOException if there are none */
    private int millisLeft(long start) throws IOException {
        long left = timeout.toMillis() - (ticker.nanoTime() - start) / 1_000_000;
        if (left <= 0) {
            throw new IOException("not answered within " + timeout.toMillis() + " ms");
        }
        return (int) Math.min(Integer.MAX_VALUE, left);
    }
}
