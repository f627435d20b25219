package dev.weft.grpc.call;

import dev.weft.request.LocalReply;
import dev.weft.request.ResponseFlag;
import io.grpc.Metadata;
import io.grpc.Status;

/**
 * The mesh's own end of a call.
 *
 * @param trailers with flags and reason, for {@link LocalReply#in}
 */
record LocalStatus(Status status, Metadata trailers) {

    /** The engine answers. */
    static LocalStatus of(LocalReply reply) {
        Status code = reply.grpcStatus() == null ? Status.UNAVAILABLE : Status.fromCodeValue(reply.grpcStatus());
        Metadata trailers = Fields.from(reply.headers(), new Metadata());
        String reason = oneLine(reply.reason());
        if (!reply.flags().isEmpty()) {
            trailers.put(Fields.FLAGS, reply.flagText());
        }
        trailers.put(Fields.REASON, reason);
        return new LocalStatus(code.withDescription(reason), trailers);
    }

    /** The engine has stopped a call whose response had begun. */
    static LocalStatus brokenOff(boolean late) {
        String reason = late
                ? "the call ran out of time (UT) before its response was whole"
                : "the mesh gave the call up before its response was whole";
        Metadata trailers = new Metadata();
        if (late) {
            trailers.put(Fields.FLAGS, ResponseFlag.UT.name());
        }
        trailers.put(Fields.REASON, reason);
        return new LocalStatus(
                (late ? Status.DEADLINE_EXCEEDED : Status.UNAVAILABLE).withDescription(reason), trailers);
    }

    /** A reason quotes foreign words (an exception's message); metadata has one line of ASCII. */
    private static String oneLine(String reason) {
        StringBuilder line = new StringBuilder(reason.length());
        for (int i = 0; i < reason.length(); i++) {
            char c = reason.charAt(i);
            line.append(c < ' ' ? ' ' : c > '~' ? '?' : c);
        }
        return line.toString();
    }
}
