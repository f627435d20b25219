package dev.weft.grpc.call;

import dev.weft.grpc.metadata.FieldNames;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import io.grpc.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * gRPC's metadata as the engine's header fields and back. The engine reads binary metadata as it is on the wire, in base64; what it did not
 * change keeps its own bytes.
 */
final class Fields {
    static final String CONTENT_TYPE = "content-type";
    static final String GRPC = "application/grpc";
    static final String STATUS = "grpc-status";
    static final String TIMEOUT = "grpc-timeout";

    /** How gRPC tells a server that it is being asked again. */
    static final String PREVIOUS_ATTEMPTS = "grpc-previous-rpc-attempts";

    // The transport's own, and what says how a stream is framed.
    private static final Set<String> TRANSPORTS =
            Set.of(CONTENT_TYPE, "te", "host", "content-length", STATUS, "grpc-message");

    // Names come from configuration and applications, so there are few; the bound is against those who make them up.
    private static final int MOST_KEYS = 500;
    private static final Map<String, Metadata.Key<String>> KEYS = new ConcurrentHashMap<>();

    static final Metadata.Key<String> FLAGS = key(LocalReply.FLAGS_HEADER);
    static final Metadata.Key<String> REASON = key(LocalReply.REASON_HEADER);

    private Fields() {}

    static Metadata.Key<String> key(String name) {
        Metadata.Key<String> known = KEYS.get(name);
        if (known != null) {
            return known;
        }
        Metadata.Key<String> made = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        if (KEYS.size() < MOST_KEYS) {
            KEYS.put(name, made);
        }
        return made;
    }

    private static Metadata.Key<byte[]> binaryKey(String name) {
        return Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
    }

    private static boolean fits(String name) {
        return KEYS.containsKey(name) || FieldNames.fit(name);
    }

    /** Adds all fields of a head or of trailers that are metadata. */
    static void addTo(Headers.Builder to, Metadata from) {
        for (String name : from.keys()) {
            if (!fits(name)) {
                continue;
            }
            if (FieldNames.isBinary(name)) {
                for (String text : texts(from, name)) {
                    to.add(name, text);
                }
            } else {
                Iterable<String> values = from.getAll(key(name));
                if (values != null) {
                    for (String value : values) {
                        to.add(name, value);
                    }
                }
            }
        }
    }

    /**
     * Fields that the engine has had in its hands, as metadata.
     *
     * @param original where the bytes of binary fields are
     */
    static Metadata from(Headers fields, Metadata original) {
        Metadata made = new Metadata();
        List<String> binary = new ArrayList<>(0);
        fields.forEach((name, value) -> {
            if (!fits(name)) {
                return;
            }
            if (FieldNames.isBinary(name)) {
                if (!binary.contains(name)) {
                    binary.add(name);
                }
            } else if (!TRANSPORTS.contains(name)) {
                made.put(key(name), value);
            }
        });
        for (String name : binary) {
            putBinary(made, name, fields.all(name), original);
        }
        return made;
    }

    private static void putBinary(Metadata to, String name, List<String> wanted, Metadata original) {
        Metadata.Key<byte[]> key = binaryKey(name);
        boolean unchanged = wanted.equals(texts(original, name));
        Iterable<byte[]> own = unchanged ? original.getAll(key) : null;
        if (own != null) {
            own.forEach(value -> to.put(key, value));
        } else {
            wanted.forEach(text -> to.put(key, bytes(text)));
        }
    }

    private static List<String> texts(Metadata of, String name) {
        List<String> texts = new ArrayList<>(1);
        Iterable<byte[]> values = of.getAll(binaryKey(name));
        if (values != null) {
            for (byte[] value : values) {
                texts.add(Base64.getEncoder().withoutPadding().encodeToString(value));
            }
        }
        return texts;
    }

    /** A policy may write a binary field: in base64 as on the wire, and what is no base64 is meant as it stands. */
    private static byte[] bytes(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Removes what only the mesh of this process may say. */
    static Metadata withoutClaims(@Nullable Metadata arrived) {
        if (arrived == null) {
            return new Metadata();
        }
        arrived.discardAll(FLAGS);
        arrived.discardAll(REASON);
        return arrived;
    }
}
