package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.config.UpstreamTls;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseHead;
import dev.weft.telemetry.MeshObserver.AttemptObserver;
import dev.weft.upstream.Host;
import org.jspecify.annotations.Nullable;

/** One try: what to send, and the books that are kept about it. Its events go to the exchange, which handles them in turn. */
final class OutboundAttempt implements Attempt {
    // A server is told whole milliseconds, rounded down.
    private static final long CLOCKS_APART_NANOS = 2_000_000;

    private static final Closed NOTHING = new Closed(0, 0, false, null);

    private final Tries tries;
    private final Destination destination;
    private final Kind kind;
    private final int number;
    private final Host host;
    private final @Nullable UpstreamTls tls;
    private final Headers.Builder headers;
    private final AttemptObserver observer;

    /** Where the host was found, and in what state. */
    final int priority;

    private final boolean panic;
    private final boolean degraded;

    // Written and read by handlers, and read by explain().

    /** The attempt before this one; null for the first and for mirrors, and where older ones have been forgotten. */
    @Nullable
    OutboundAttempt previous;

    /** Only {@link #closed} still matters: lost, cancelled or superseded. */
    boolean dropped;

    boolean connected;
    boolean closed;

    /** HTTP status, 0 as long as there is none. */
    int status;

    @Nullable
    Failure failure;

    @Nullable
    Throwable cause;

    /**
     * What was decided about a retry; null when it was no case for one. If the attempt is still {@linkplain #running running}, its
     * time has passed and it goes on beside the retry, or alone where there is none.
     */
    Retries.@Nullable Verdict verdict;

    private boolean holding = true;
    private boolean grpcStatusDue;

    // Written by handlers; read by adapters' threads.
    private volatile long tryDeadline = Nanos.NEVER;
    private volatile @Nullable ResponseHead responseHead;

    /** The place in the destination's breaker has been taken. */
    OutboundAttempt(
            Tries tries,
            Kind kind,
            int number,
            Destination destination,
            Host host,
            @Nullable UpstreamTls tls,
            HostChoice choice,
            @Nullable OutboundAttempt previous) {
        this.tries = tries;
        this.kind = kind;
        this.number = number;
        this.destination = destination;
        this.host = host;
        this.tls = tls;
        this.previous = previous;
        priority = choice.priority();
        panic = choice.panic();
        degraded = choice.degraded();
        headers = AttemptHeaders.of(tries, number);
        observer = tries.exchange.book.attempt(tries.exchange.engine, kind, number, host, headers);
        host.attemptStarted();
    }

    void send() {
        try {
            tries.exchange.adapter.send(this);
        } catch (RuntimeException e) {
            // An adapter that cannot even begin has, for everybody else, not reached the host.
            failed(Failure.CONNECT, e);
            closed(NOTHING);
        }
    }

    /** A response head came. */
    void answered(ResponseHead response) {
        status = response.status();
        OutboundExchange exchange = tries.exchange;
        if (!exchange.grpc || !askedFor(GrpcWords.statusIn(response.headers()))) {
            grpcStatusDue = destination.answered(host, response, exchange.grpc);
        }
    }

    /** A server that gives up when the caller's time is over does what it was told; its clock may run a little ahead. */
    private boolean askedFor(@Nullable Integer grpcStatus) {
        return grpcStatus != null
                && grpcStatus == GrpcWords.DEADLINE_EXCEEDED
                && tries.exchange.callersTimeIsOver(tries.exchange.engine.now() + CLOCKS_APART_NANOS);
    }

    /** No response head will come. */
    void lost(Failure how, @Nullable Throwable why) {
        endedBy(how, why);
        destination.lost(host, how);
    }

    /** No response head was waited for any longer, for a reason that is not the host's. */
    void abandoned(Failure how) {
        endedBy(how, null);
    }

    private void endedBy(Failure how, @Nullable Throwable why) {
        dropped = true;
        failure = how;
        cause = why;
        giveBack();
    }

    /** No response head yet, and one is waited for. */
    boolean running() {
        return !dropped && !closed && status == 0;
    }

    /** Its time has passed and another attempt was decided upon, so that its own failure is no reason for one more. */
    boolean superseded() {
        return verdict == Retries.Verdict.RETRY;
    }

    /** Its time has passed; that is held against the host once, and the attempt goes on. */
    void late() {
        tryDeadline = Nanos.NEVER;
        destination.lost(host, Failure.TIMEOUT);
    }

    /** Stops it, if it may still run; the adapter still reports its end. */
    boolean drop() {
        if (dropped || closed) {
            return false;
        }
        dropped = true;
        giveBack();
        tries.exchange.adapter.cancel(this);
        return true;
    }

    /** The adapter is done with it. */
    void close(Closed summary) {
        closed = true;
        giveBack();
        if (grpcStatusDue && !askedFor(summary.grpcStatus())) {
            destination.answered(host, summary);
        }
        if (status != 0 && !summary.complete() && !dropped) {
            destination.lost(host, Failure.RESET);
        }
        tries.exchange.book.finished(tries.exchange.engine, observer, status, failure);
    }

    /**
     * What an attempt holds goes back once it is lost or given up, and not only when the adapter has cleaned up: its own
     * successor must find the place free.
     */
    private void giveBack() {
        if (holding) {
            holding = false;
            host.attemptEnded();
            destination.requestEnded();
        }
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public Host host() {
        return host;
    }

    @Override
    public Cluster cluster() {
        return destination.cluster();
    }

    @Override
    public RequestHead head() {
        AttemptHeaders.addTimeLeft(headers, tries, tryDeadline);
        return tries.base.withHeaders(headers.build());
    }

    @Override
    public @Nullable UpstreamTls tls() {
        return tls;
    }

    @Override
    public long deadlineNanos() {
        return tries.hedges() ? tries.exchange.deadline() : Nanos.earlier(tryDeadline, tries.exchange.deadline());
    }

    long tryDeadline() {
        return tryDeadline;
    }

    void tryDeadline(long nanos) {
        tryDeadline = nanos;
    }

    @Override
    public ResponseHead responseHead() {
        ResponseHead head = responseHead;
        if (head == null) {
            throw new IllegalStateException(this + " has no response head yet");
        }
        return head;
    }

    void responseHead(ResponseHead head) {
        responseHead = head;
    }

    @Override
    public void connected(boolean reused) {
        tries.exchange.submit(SerialEvents.Kind.CONNECTED, this, null, null);
    }

    @Override
    public void requestSent() {
        // What left over a connection has a connection; adapters that see nothing else report at least this.
        connected(true);
    }

    @Override
    public void headers(ResponseHead head, boolean endOfStream) {
        tries.exchange.submit(SerialEvents.Kind.HEADERS, this, head, null);
    }

    @Override
    public void failed(Failure failure, @Nullable Throwable cause) {
        tries.exchange.submit(SerialEvents.Kind.FAILED, this, failure, cause);
    }

    @Override
    public void closed(Closed summary) {
        tries.exchange.submit(SerialEvents.Kind.CLOSED, this, summary, null);
    }

    /** {@code attempt 2 on 10.0.0.1:80}, with what was special about the choice of the host. */
    @Override
    public String toString() {
        return (kind == Kind.MIRROR ? "mirror" : "attempt " + number) + " on " + host.address()
                + (priority > 0 ? " of priority " + priority : "")
                + (panic ? " in panic" : "")
                + (degraded ? " (degraded)" : "");
    }
}
