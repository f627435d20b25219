package dev.weft.telemetry;

import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line per call to logger {@code dev.weft.access} at INFO: {@code name=value} pairs in a fixed order, values with
 * spaces or control characters quoted and escaped, {@code -} for what there is not; {@code grpc_status} only where there is one. Thread-safe.
 */
public final class AccessLog implements MeshObserver {
    /** The logger's name. */
    public static final String LOGGER = "dev.weft.access";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);

    @Override
    public CallObserver call(RequestHead head) {
        if (!log.isInfoEnabled()) {
            return CallObserver.NONE;
        }
        return new CallObserver() {
            @Override
            public void finished(CallSummary summary) {
                log.info("{}", line(summary));
            }
        };
    }

    @Override
    public InboundObserver inbound(RequestHead head) {
        if (!log.isInfoEnabled()) {
            return InboundObserver.NONE;
        }
        return new InboundObserver() {
            @Override
            public void finished(InboundSummary summary) {
                log.info("{}", line(summary));
            }
        };
    }

    static String line(MeshObserver.CallSummary call) {
        StringBuilder line = new StringBuilder(256).append("direction=outbound");
        head(line, call.head());
        pair(line, "status", String.valueOf(call.status()));
        if (call.grpcStatus() != null) {
            pair(line, "grpc_status", String.valueOf(call.grpcStatus()));
        }
        pair(line, "flags", flags(call.flags()));
        pair(line, "route", call.route());
        pair(line, "cluster", call.cluster() == null ? null : call.cluster().name());
        pair(line, "host", call.host() == null ? null : call.host().address());
        pair(line, "attempts", String.valueOf(call.attempts()));
        pair(line, "duration_ms", millis(call.durationNanos()));
        pair(line, "bytes_sent", String.valueOf(call.bytesSent()));
        pair(line, "bytes_received", String.valueOf(call.bytesReceived()));
        pair(line, "request_id", call.requestId());
        pair(line, "reason", call.reason());
        return line.toString();
    }

    static String line(MeshObserver.InboundSummary request) {
        StringBuilder line = new StringBuilder(192).append("direction=inbound");
        head(line, request.head());
        pair(line, "status", String.valueOf(request.status()));
        if (request.grpcStatus() != null) {
            pair(line, "grpc_status", String.valueOf(request.grpcStatus()));
        }
        pair(line, "flags", flags(request.flags()));
        pair(line, "duration_ms", millis(request.durationNanos()));
        pair(line, "request_id", request.head().headers().first("x-request-id"));
        pair(line, "caller", request.caller().getName());
        pair(line, "authz", String.join("; ", request.notes()));
        pair(line, "reason", request.reason());
        return line.toString();
    }

    private static void head(StringBuilder line, RequestHead head) {
        pair(line, "method", head.method());
        pair(line, "authority", head.authority());
        pair(line, "path", head.path());
    }

    private static String millis(long nanos) {
        long tenths = nanos / 100_000;
        return tenths / 10 + "." + tenths % 10;
    }

    private static String flags(Set<ResponseFlag> flags) {
        return flags.stream().sorted().map(Enum::name).collect(Collectors.joining(","));
    }

    private static void pair(StringBuilder line, String name, @Nullable String value) {
        line.append(' ').append(name).append('=');
        if (value == null || value.isEmpty()) {
            line.append('-');
            return;
        }
        boolean plain = value.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\' && c != '=');
        if (plain) {
            line.append(value);
            return;
        }
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            escape(line, value.charAt(i));
        }
        line.append('"');
    }

    /** Whatever a caller writes into a path or header must not be able to begin a line of its own. */
    private static void escape(StringBuilder line, char c) {
        if (c == '"' || c == '\\') {
            line.append('\\').append(c);
        } else if (c < ' ' || c >= 127) {
            line.append(String.format("\\u%04x", (int) c));
        } else {
            line.append(c);
        }
    }
}
