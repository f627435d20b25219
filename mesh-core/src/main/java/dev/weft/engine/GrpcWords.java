package dev.weft.engine;

import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.ResponseFlag;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How gRPC says over HTTP what HTTP says with status codes. */
final class GrpcWords {
    static final int DEADLINE_EXCEEDED = 4;

    private GrpcWords() {}

    /** The reply as a gRPC caller understands it: always HTTP 200, the status and the words in headers. */
    static LocalReply translate(LocalReply reply) {
        return translate(reply, reply.body().isEmpty() ? reply.reason() : reply.body());
    }

    /** The same for a caller at the other end of a wire, who is told no reasons. */
    static LocalReply toPeer(LocalReply reply) {
        return translate(reply, reply.body());
    }

    private static LocalReply translate(LocalReply reply, String message) {
        int status = reply.grpcStatus() != null
                ? reply.grpcStatus()
                : reply.flags().contains(ResponseFlag.UT) ? DEADLINE_EXCEEDED : ofHttp(reply.status());
        Headers.Builder headers = reply.headers().toBuilder();
        headers.set("content-type", "application/grpc")
                .set("grpc-status", String.valueOf(status))
                .set("grpc-message", percentEncoded(message));
        return new LocalReply(200, reply.flags(), reply.reason(), "", headers.build(), status);
    }

    /** What a gRPC caller is told where HTTP has this status. */
    static int ofHttp(int status) {
        return switch (status) {
            case 400 -> 13;
            case 401 -> 16;
            case 403 -> 7;
            case 404 -> 12;
            case 429, 502, 503, 504 -> 14;
            default -> 2;
        };
    }

    /** What outlier detection makes of a gRPC status. */
    static int toHttp(int grpcStatus) {
        return switch (grpcStatus) {
            case 0 -> 200;
            case 1 -> 499;
            case 3, 9, 11 -> 400;
            case 4 -> 504;
            case 5 -> 404;
            case 6, 10 -> 409;
            case 7 -> 403;
            case 8 -> 429;
            case 12 -> 501;
            case 14 -> 503;
            case 16 -> 401;
            default -> 500;
        };
    }

    /** The {@code grpc-status} among these fields, or null. */
    static @Nullable Integer statusIn(Headers headers) {
        String text = headers.first("grpc-status");
        if (text == null || text.isEmpty() || text.length() > 2) {
            return null;
        }
        int status = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            status = status * 10 + digit;
        }
        return status;
    }

    /**
     * Nanoseconds of a {@code grpc-timeout} value: up to eight digits and one of H, M, S, m, u, n.
     *
     * @return {@link Long#MAX_VALUE} if absent or malformed
     */
    static long timeoutNanos(@Nullable String value) {
        if (value == null || value.length() < 2 || value.length() > 9) {
            return Long.MAX_VALUE;
        }
        long amount = 0;
        for (int i = 0; i < value.length() - 1; i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Long.MAX_VALUE;
            }
            amount = amount * 10 + digit;
        }
        return switch (value.charAt(value.length() - 1)) {
            // Eight digits of hours are more nanoseconds than a long holds.
            case 'H' -> TimeUnit.HOURS.toNanos(amount);
            case 'M' -> amount * 60_000_000_000L;
            case 'S' -> amount * 1_000_000_000L;
            case 'm' -> amount * 1_000_000L;
            case 'u' -> amount * 1_000L;
            case 'n' -> amount;
            default -> Long.MAX_VALUE;
        };
    }

    /** As the gRPC protocol writes {@code grpc-message}: bytes outside of 0x20 to 0x7e, and the percent sign, as %XX. */
    private static String percentEncoded(String message) {
        StringBuilder encoded = new StringBuilder(message.length() + 16);
        for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0x20 && b <= 0x7e && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4 & 0xf, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
            }
        }
        return encoded.toString();
    }
}
