package dev.weft.control.access;

import dev.weft.jose.KeyFetch;
import dev.weft.jose.KeySet;
import dev.weft.runtime.Ticker;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** Where an issuer's public keys come from. Nobody waits in here for a network. */
public interface IssuerKeys {

    /**
     * The keys of this moment; null if there are none that count.
     *
     * @param keyId that a token names, or null; where it is unknown, fresher keys are asked for, to be there at a later call
     */
    @Nullable
    KeySet keys(@Nullable String keyId);

    /**
     * Keys that are given as JSON (RFC 7517, section 5).
     *
     * @throws IllegalArgumentException if they are none
     */
    static IssuerKeys inline(String json) {
        try {
            KeySet keys = KeySet.parse(json);
            return keyId -> keys;
        } catch (ParseException e) {
            throw new IllegalArgumentException("jwks: " + e.getMessage(), e);
        }
    }

    /** Keys in a file, which is read again when it changes. */
    static IssuerKeys file(Path file) {
        return new FileKeys(file);
    }

    /**
     * Keys behind a URL, to be closed when they are not needed any more.
     *
     * @param local whether the URL may lead to this machine or a link-local address, see {@link KeyFetch#https}
     * @throws IllegalArgumentException if it is no such URL
     */
    static RemoteIssuerKeys behind(URI url, boolean local, Ticker ticker) {
        return new RemoteIssuerKeys(url, local, ticker);
    }
}
