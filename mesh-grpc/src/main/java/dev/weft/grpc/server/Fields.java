package dev.weft.grpc.server;

import dev.weft.config.HeaderOps;
import dev.weft.config.HeaderOps.Setting;
import dev.weft.grpc.metadata.FieldNames;
import dev.weft.request.Headers;
import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Metadata as header fields, which policies are written for, and back. Binary values are what the wire has: base64 without padding. */
final class Fields {
    private static final String TYPE = "content-type";

    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    private Fields() {}

    /** All of them. Transports that have no wire leave out what it is; it is gRPC. */
    static Headers read(Metadata metadata) {
        byte[][] raw = InternalMetadata.serialize(metadata);
        Headers.Builder fields = Headers.builder();
        boolean typed = false;
        for (int i = 0; i + 1 < raw.length; i += 2) {
            String name = new String(raw[i], StandardCharsets.US_ASCII);
            typed |= name.equals(TYPE);
            fields.add(
                    name,
                    FieldNames.isBinary(name)
                            ? ENCODER.encodeToString(raw[i + 1])
                            // Space around a value is none of it (RFC 9110, 5.5).
                            : new String(raw[i + 1], StandardCharsets.ISO_8859_1).strip());
        }
        if (!typed) {
            fields.add(TYPE, "application/grpc");
        }
        return fields.build();
    }

    /** Makes in the metadata the changes that lead from the one to the other; everything else stays as it is, to the byte. */
    static void change(Metadata metadata, Headers from, Headers to) {
        if (from == to || from.equals(to)) {
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        from.forEach((name, value) -> names.add(name));
        to.forEach((name, value) -> names.add(name));
        for (String name : names) {
            List<String> values = to.all(name);
            if (!values.equals(from.all(name))) {
                remove(metadata, name);
                values.forEach(value -> add(metadata, name, value));
            }
        }
    }

    /** Changes the metadata of an answer as the decision on its call asks for. Values are meant literally. */
    static void change(Metadata metadata, HeaderOps changes) {
        changes.remove().forEach(name -> remove(metadata, name));
        for (Setting setting : changes.set()) {
            String name = setting.name();
            boolean there = metadata.keys().contains(name);
            switch (setting.action()) {
                case APPEND -> add(metadata, name, setting.value());
                case OVERWRITE -> set(metadata, name, setting.value());
                case ADD_IF_ABSENT -> {
                    if (!there) {
                        add(metadata, name, setting.value());
                    }
                }
                case OVERWRITE_IF_PRESENT -> {
                    if (there) {
                        set(metadata, name, setting.value());
                    }
                }
            }
        }
    }

    /** What metadata cannot hold is left out: HTTP, which tokens and authorizers speak, allows more than gRPC has words for. */
    static void add(Metadata metadata, String name, String value) {
        if (!FieldNames.fit(name)) {
            return;
        }
        if (FieldNames.isBinary(name)) {
            byte[] bytes = decoded(value);
            if (bytes != null) {
                metadata.put(binary(name), bytes);
            }
        } else {
            metadata.put(text(name), value);
        }
    }

    private static void set(Metadata metadata, String name, String value) {
        remove(metadata, name);
        add(metadata, name, value);
    }

    private static void remove(Metadata metadata, String name) {
        if (!FieldNames.fit(name)) {
            return;
        }
        if (FieldNames.isBinary(name)) {
            metadata.discardAll(binary(name));
        } else {
            metadata.discardAll(text(name));
        }
    }

    private static byte @Nullable [] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Metadata.Key<byte[]> binary(String name) {
        return Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
    }

    private static Metadata.Key<String> text(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
