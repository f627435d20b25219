package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.config.UpstreamTls;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseHead;
import dev.weft.upstream.Host;
import org.jspecify.annotations.Nullable;

/**
 * One try on one host. The first half says what to do; the second half takes what happened, from any thread, never
 * blocking. After {@link #closed} everything is ignored.
 */
public interface Attempt {

    /** Why an attempt exists. */
    enum Kind {
        PRIMARY,
        RETRY,
        HEDGE,
        MIRROR
    }

    /** How an attempt failed before response headers. */
    enum Failure {
        /** No connection: refused, unreachable, connect timeout. */
        CONNECT,
        /** TLS handshake or peer identity. */
        TLS,
        /** The transport's own limit of connections or waiting requests. */
        POOL_OVERFLOW,
        /** HTTP/2 REFUSED_STREAM or GOAWAY that spares this stream: certainly not processed. */
        REFUSED_STREAM,
        /** Connection lost before the request had left. */
        RESET_BEFORE_REQUEST,
        /** Connection lost or stream reset after it. */
        RESET,
        /** The attempt's own deadline; only adapters that bound their I/O themselves report it. */
        TIMEOUT
    }

    /**
     * The end of an attempt.
     *
     * @param bytesSent body bytes
     * @param bytesReceived body bytes
     * @param complete the response arrived whole
     * @param grpcStatus from trailers, or null
     */
    record Closed(
            long bytesSent,
            long bytesReceived,
            boolean complete,
            @Nullable Integer grpcStatus) {}

    Kind kind();

    /** 1 for the first; mirrors have 0. */
    int number();

    /** Where to; the connection pool is per host. */
    Host host();

    /** Protocol, connect timeout and pool settings. */
    Cluster cluster();

    /**
     * What to send: after rewrites and header changes, with attempt count, deadline and trace context. Made when it is asked
     * for, with the time that is left then: to be called once, right before sending.
     */
    RequestHead head();

    /** How to encrypt, or null for plaintext. */
    @Nullable
    UpstreamTls tls();

    /** The earliest of per-try timeout, route timeout and caller's deadline, on the ticker's clock. */
    long deadlineNanos();

    /** The response head with the route's changes; valid from {@link #headers} on. */
    ResponseHead responseHead();

    /** A connection is there. */
    void connected(boolean reused);

    /** The request head (and what was there of the body) has been written. */
    void requestSent();

    /** The response head arrived. */
    void headers(ResponseHead head, boolean endOfStream);

    /** No response head will come. {@link #closed} must still follow. */
    void failed(Failure failure, @Nullable Throwable cause);

    /** It is over: exactly once for every attempt, failed, cancelled and mirrored ones too. Closes its books. */
    void closed(Closed summary);
}
