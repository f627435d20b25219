package dev.weft.http.transport;

import dev.weft.config.Cluster;
import dev.weft.config.UpstreamTls;
import dev.weft.http.body.OutgoingBody;
import dev.weft.request.RequestHead;
import dev.weft.upstream.Host;
import org.jspecify.annotations.Nullable;

/** One request to one host, from the pool's queue to the last byte of its response. */
public final class Transfer {

    /** What carries a transfer at the moment: the pool's queue, then a connection. Called from any thread. */
    interface Carrier {
        /** Nobody waits for the response any more. */
        void drop(Transfer transfer);

        /** The reader has room again. */
        void resume(Transfer transfer);
    }

    final Host host;
    final Cluster cluster;
    final @Nullable UpstreamTls tls;
    final RequestHead head;
    final OutgoingBody body;
    final boolean expectContinue;
    final TransferListener listener;

    // Written by the pool, then by the connection's event loop; read by whoever cancels.
    private volatile @Nullable Carrier carrier;

    // Written by whoever cancels; read by pool and event loop.
    private volatile boolean cancelled;

    // Body bytes. Written by the connection's event loop only; read at the end from anywhere.
    private volatile long sent;
    private volatile long received;

    /**
     * @param cluster limits, timeouts and protocol
     * @param tls how to encrypt, or null for plaintext
     * @param expectContinue send the body only when the server has asked for it, or after one second
     */
    public Transfer(
            Host host,
            Cluster cluster,
            @Nullable UpstreamTls tls,
            RequestHead head,
            OutgoingBody body,
            boolean expectContinue,
            TransferListener listener) {
        this.host = host;
        this.cluster = cluster;
        this.tls = tls;
        this.head = head;
        this.body = body;
        this.expectContinue = expectContinue && body.length() != 0;
        this.listener = listener;
    }

    /** Gives it up, wherever it is: the connection is freed or closed. Harmless afterwards and more than once. */
    public void cancel() {
        cancelled = true;
        Carrier by = carrier;
        if (by != null) {
            by.drop(this);
        }
    }

    /** Takes up reading after {@link TransferListener#data} said false. */
    public void resume() {
        Carrier by = carrier;
        if (by != null) {
            by.resume(this);
        }
    }

    /** Body bytes written so far. */
    public long bytesSent() {
        return sent;
    }

    /** Body bytes that have arrived so far. */
    public long bytesReceived() {
        return received;
    }

    boolean cancelled() {
        return cancelled;
    }

    /**
     * From here on this carrier answers for it.
     *
     * @return false: it has been cancelled meanwhile, and must not be carried on
     */
    boolean carriedBy(Carrier by) {
        carrier = by;
        return !cancelled;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one event loop writes
    void sent(int bytes) {
        sent += bytes;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one event loop writes
    void received(int bytes) {
        received += bytes;
    }
}
