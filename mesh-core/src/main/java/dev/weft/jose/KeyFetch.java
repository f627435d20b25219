package dev.weft.jose;

import dev.weft.runtime.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Gets an issuer's keys from where they are published. */
@FunctionalInterface
public interface KeyFetch {

    /** Begins to fetch; never blocks. Fails with what is to be logged. */
    CompletionStage<KeySet> fetch();

    /**
     * Fetches from a web server: no redirects, no proxy, at most 1 MiB, TLS with the JDK's roots. Unless {@code local}, whoever writes
     * the URL must not be able to have this process ask what only it can reach: then only https is taken, and no address that is
     * loopback, link-local, unspecified or multicast. What is checked is the very address that is connected to, so that a name that
     * resolves differently the second time gains nothing.
     *
     * @param timeout for the whole fetch
     * @param blocking runs the fetch
     * @throws IllegalArgumentException if this is no such URL
     */
    static KeyFetch https(URI url, boolean local, Duration timeout, Executor blocking, Ticker ticker) {
        return HttpsKeyFetch.of(url, local, timeout, blocking, ticker);
    }

    /**
     * Fetches from where an issuer says that its keys are, by OpenID Connect Discovery; otherwise as {@link #https}.
     *
     * @param issuer its metadata are at {@code /.well-known/openid-configuration} below it
     */
    static KeyFetch discovered(URI issuer, boolean local, Duration timeout, Executor blocking, Ticker ticker) {
        return HttpsKeyFetch.discovering(issuer, local, timeout, blocking, ticker);
    }
}
