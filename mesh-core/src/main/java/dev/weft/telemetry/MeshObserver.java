package dev.weft.telemetry;

import dev.weft.config.Cluster;
import dev.weft.identity.PeerIdentity;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseFlag;
import dev.weft.upstream.Host;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hears about calls, outbound and inbound. What is costly (a meter with two dozen tags) is resolved in {@link #destination}, when
 * configuration changes; what happens per request goes through the returned objects. Methods are called from any thread and
 * must not block.
 */
public interface MeshObserver {

    /** A cluster has appeared or changed; the result is kept with it and asked for each call to it. */
    default DestinationObserver destination(Cluster cluster) {
        return DestinationObserver.NONE;
    }

    /** A call begins, on the caller's thread, where the caller's trace context is current. */
    default CallObserver call(RequestHead head) {
        return CallObserver.NONE;
    }

    /** A request has arrived at a guarded server, before its handler runs; called on any thread. */
    default InboundObserver inbound(RequestHead head) {
        return InboundObserver.NONE;
    }

    /** Per cluster: counters and histograms. */
    interface DestinationObserver {
        /** Hears nothing. */
        DestinationObserver NONE = new DestinationObserver() {};

        /** A call to this cluster is over (once per call, retries included). */
        default void finished(CallSummary summary) {}
    }

    /**
     * Per call: spans, access log. A call that turns out to be none of the mesh's, and is handed back to the client that it was made
     * with, has no end here, and neither has its attempt.
     */
    interface CallObserver {
        /** Hears nothing. */
        CallObserver NONE = new CallObserver() {};

        /** An attempt is about to be sent; may add headers (trace context). */
        default AttemptObserver attempt(String kind, int number, Host host, Headers.Builder headers) {
            return AttemptObserver.NONE;
        }

        /** The call is over. */
        default void finished(CallSummary summary) {}
    }

    /** Per attempt. */
    interface AttemptObserver {
        /** Hears nothing. */
        AttemptObserver NONE = new AttemptObserver() {};

        /**
         * The attempt is over.
         *
         * @param status HTTP status, 0 if no response head came
         * @param failure a word for what went wrong, or null
         */
        default void finished(int status, @Nullable String failure) {}
    }

    /**
     * A call that is over.
     *
     * @param head as the caller wrote it
     * @param cluster the chosen one, or null when none was chosen
     * @param host the last one tried, or null
     * @param route name, or empty
     * @param status HTTP status given to the caller; 0 when the caller left first
     * @param grpcStatus or null
     * @param requestId {@code x-request-id} as it was sent, or null if nothing was sent and the caller wrote none
     * @param flags response flags
     * @param reason of a local reply, or null
     * @param attempts how many were sent
     * @param durationNanos from begin to the last byte
     * @param bytesSent body bytes of the delivered attempt
     * @param bytesReceived body bytes of the delivered attempt
     */
    record CallSummary(
            RequestHead head,
            @Nullable Cluster cluster,
            @Nullable Host host,
            String route,
            int status,
            @Nullable Integer grpcStatus,
            @Nullable String requestId,
            Set<ResponseFlag> flags,
            @Nullable String reason,
            int attempts,
            long durationNanos,
            long bytesSent,
            long bytesReceived) {}

    /** Per inbound request. */
    interface InboundObserver {
        /** Hears nothing. */
        InboundObserver NONE = new InboundObserver() {};

        /**
         * Makes what belongs to the request (its server span) current on the calling thread until the scope is closed there.
         */
        default Scope enter() {
            return () -> {};
        }

        /** The response is complete, or has failed. */
        default void finished(InboundSummary summary) {}
    }

    /** Ends what {@link InboundObserver#enter} began. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * An inbound request that is over.
     *
     * @param head as the application saw it
     * @param caller who it was, as far as that was proved
     * @param status given to the caller; 0 when the connection was lost first
     * @param grpcStatus given to the caller; null where it was not gRPC, or lost, or nobody saw it
     * @param flags of a local reply
     * @param reason of a local reply, which its caller was not told, or null
     * @param notes what authorization has to say besides: the policy that let the request in, dry runs, audits
     * @param durationNanos from arrival to the last byte
     */
    record InboundSummary(
            RequestHead head,
            PeerIdentity caller,
            int status,
            @Nullable Integer grpcStatus,
            Set<ResponseFlag> flags,
            @Nullable String reason,
            List<String> notes,
            long durationNanos) {
        public InboundSummary {
            notes = List.copyOf(notes);
        }

        /** Of a request that was not gRPC. */
        public InboundSummary(
                RequestHead head,
                PeerIdentity caller,
                int status,
                Set<ResponseFlag> flags,
                @Nullable String reason,
                List<String> notes,
                long durationNanos) {
            this(head, caller, status, null, flags, reason, notes, durationNanos);
        }
    }
}
