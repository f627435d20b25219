package dev.weft.control.access;

import com.nimbusds.jose.jwk.JWKSet;
import dev.weft.control.access.RefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** An issuer's public keys. Never waits for a network. */
public abstract sealed class KeySet permits KeySet.Inline, KeySet.InFile, RemoteKeySet {

    /** The keys of this moment. */
    abstract JWKSet keys() throws RefusedException;

    /** Says that a token names a key that is not among them. */
    void missed() {}

    /** Keys that are given as JSON (RFC 7517, section 5). */
    public static KeySet inline(String json) {
        try {
            return new Inline(JWKSet.parse(json));
        } catch (ParseException e) {
            throw new IllegalArgumentException("jwks: a JSON object with keys was expected: " + e.getMessage(), e);
        }
    }

    /** Keys in a file, which is read again when it changes. */
    public static KeySet file(Path file) {
        return new InFile(file);
    }

    static final class Inline extends KeySet {
        private final JWKSet keys;

        private Inline(JWKSet keys) {
            this.keys = keys;
        }

        @Override
        JWKSet keys() {
            return keys;
        }
    }

    static final class InFile extends KeySet {
        private final Path file;
        /** Guarded by this. */
        private @Nullable FileTime read;
        /** Guarded by this. */
        private @Nullable JWKSet keys;

        private InFile(Path file) {
            this.file = file;
        }

        @Override
        synchronized JWKSet keys() throws RefusedException {
            try {
                FileTime modified = Files.getLastModifiedTime(file);
                JWKSet known = keys;
                if (known == null || !modified.equals(read)) {
                    known = JWKSet.parse(Files.readString(file));
                    keys = known;
                    read = modified;
                }
                return known;
            } catch (IOException | ParseException e) {
                throw new RefusedException(
                        Reason.UNAVAILABLE, "the issuer's keys cannot be read from " + file.getFileName());
            }
        }
    }
}
