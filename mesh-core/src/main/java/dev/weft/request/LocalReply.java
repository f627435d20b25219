package dev.weft.request;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An answer that the mesh gives itself.
 *
 * @param status HTTP status
 * @param flags why; empty for answers that the configuration asked for (direct response, redirect, preflight)
 * @param reason one sentence for people: what, where, which value and what was expected
 * @param body the text sent to the caller, Envoy's words where Envoy has them; may be empty
 * @param headers fields to send, content-type included
 * @param grpcStatus for gRPC callers; null where it follows from {@code status}
 */
public record LocalReply(
        int status,
        Set<ResponseFlag> flags,
        String reason,
        String body,
        Headers headers,
        @Nullable Integer grpcStatus) {
    /** Carries {@link #flags}, joined by commas, to the caller of a client that has no other place for them. */
    public static final String FLAGS_HEADER = "x-mesh-flags";

    /** Carries {@link #reason}. */
    public static final String REASON_HEADER = "x-mesh-reason";

    public LocalReply {
        flags = Set.copyOf(flags);
    }

    /** A plain-text reply with one flag. */
    public static LocalReply of(int status, ResponseFlag flag, String reason, String body) {
        return new LocalReply(status, EnumSet.of(flag), reason, body, Headers.of("content-type", "text/plain"), null);
    }

    /** {@code UF,URX}: the flags in the order of {@link ResponseFlag}, empty if there are none. */
    public String flagText() {
        return flags.stream().sorted().map(Enum::name).collect(Collectors.joining(","));
    }

    /**
     * Reads a local reply back from a response of any client.
     *
     * @param header looks up a response header by name and returns null if absent
     * @return empty if a server answered
     */
    public static Optional<LocalReply> in(UnaryOperator<@Nullable String> header) {
        String reason = header.apply(REASON_HEADER);
        if (reason == null) {
            return Optional.empty();
        }
        EnumSet<ResponseFlag> flags = EnumSet.noneOf(ResponseFlag.class);
        String written = header.apply(FLAGS_HEADER);
        if (written != null) {
            for (ResponseFlag flag : ResponseFlag.values()) {
                if (java.util.Arrays.asList(written.split(",")).contains(flag.name())) {
                    flags.add(flag);
                }
            }
        }
        return Optional.of(new LocalReply(0, flags, reason, "", Headers.EMPTY, null));
    }
}
