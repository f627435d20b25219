package dev.weft.grpc.link;

import dev.weft.engine.Attempt.Failure;
import dev.weft.runtime.Timer;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.CreateSubchannelArgs;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way to one host: at most one connection at a time. Who picks it while there is none waits for the dial that he has caused or found
 * under way, and hears of its failure at once. After a failure the next pick dials anew: how often a host is tried is the engine's
 * business, and gRPC's own back-off, of up to two minutes, would keep hosts out that have come back.
 *
 * <p>All within the channel's synchronization context, apart from {@link #answer}.
 */
final class Link {
    /** Nobody dials: the first that picks causes it. */
    static final PickResult IDLE = PickResult.withDrop(Status.UNAVAILABLE.withDescription("nobody dials"));

    /** Not to be used any more: another link takes its place. */
    static final PickResult ENDED = PickResult.withDrop(Status.UNAVAILABLE.withDescription("the link has ended"));

    private static final PickResult DIALLING = PickResult.withNoResult();

    private final LinkKey key;
    private final Links links;

    // Written within the synchronization context; read by everybody who picks.
    private volatile PickResult answer = IDLE;

    private ConnectivityState state = ConnectivityState.IDLE;
    private @Nullable Subchannel subchannel;
    private Timer.@Nullable Handle timeout;
    private Duration atMost = Duration.ZERO;
    private boolean opened;
    private boolean superseded;
    private boolean ended;

    /** What has become of a dial is not yet known to those who wait for it. */
    private boolean untold;

    /** This dial has been begun once more already. */
    private boolean again;

    /** Number of the dial under way, so that what an earlier one leaves behind is not taken for its outcome. */
    private int dials;

    Link(LinkKey key, Links links) {
        this.key = key;
        this.links = links;
    }

    LinkKey key() {
        return key;
    }

    /** For whoever picks. From any thread. */
    PickResult answer() {
        return answer;
    }

    void supersede() {
        superseded = true;
    }

    boolean superseded() {
        return superseded;
    }

    /** Whether nobody waits for it. Calls on its connection run to their end anyway. */
    boolean canEnd() {
        return !ended && !untold && state != ConnectivityState.CONNECTING;
    }

    /** Somebody has found it idle. */
    void dial(Duration connectTimeout) {
        if (ended || links.closed()) {
            links.pickAgain();
            return;
        }
        if (answer != IDLE) {
            return;
        }
        answer = DIALLING;
        atMost = connectTimeout;
        if (!opened) {
            opened = true;
            links.opens(this);
        }
        begin();
    }

    private void begin() {
        int dial = watched();
        if (subchannel != null && HostAddress.isFixed(key.host().endpoint())) {
            subchannel.requestConnection();
            return;
        }
        // The name may mean another address by now.
        drop();
        HostAddress.find(
                key.host().endpoint(),
                links.offload(),
                found -> links.sync().execute(() -> {
                    if (dial == dials && !ended) {
                        connect(found);
                    }
                }));
    }

    /** From here on the time runs; the handshakes are part of it. */
    private int watched() {
        dials++;
        again = false;
        become(ConnectivityState.CONNECTING);
        int dial = dials;
        timeout = links.mesh
                .world()
                .timer()
                .schedule(atMost.toNanos(), () -> links.sync().execute(() -> timedOut(dial)));
        return dial;
    }

    private void connect(HostAddress found) {
        if (found.problem() != null) {
            fail(Failure.CONNECT, found.problem(), null);
            return;
        }
        EquivalentAddressGroup group = key.meshed()
                ? found.group(new LinkSecurity(links.mesh, key.tls(), key.serverName(), key.epoch()))
                : found.group(null);
        Subchannel made = links.helper()
                .createSubchannel(CreateSubchannelArgs.newBuilder()
                        .setAddresses(List.of(group))
                        // When to dial again is our business.
                        .addOption(LoadBalancer.DISABLE_SUBCHANNEL_RECONNECT_KEY, true)
                        .build());
        subchannel = made;
        made.start(news -> heard(made, news));
        made.requestConnection();
    }

    private void heard(Subchannel from, ConnectivityStateInfo news) {
        if (from != subchannel || ended) {
            return;
        }
        switch (news.getState()) {
            case READY -> {
                over();
                become(ConnectivityState.READY);
                answer = PickResult.withSubchannel(from);
                tell(false);
            }
            case IDLE -> {
                // The connection has gone, and attempts on it with it, each by its own word.
                over();
                become(ConnectivityState.IDLE);
                answer = IDLE;
                tell(false);
            }
            case CONNECTING -> {
                if (state == ConnectivityState.IDLE) {
                    // A pick has met a connection that had just gone, whereupon gRPC dials by itself.
                    if (!untold) {
                        answer = DIALLING;
                    }
                    watched();
                }
            }
            case TRANSIENT_FAILURE -> failed(from, news.getStatus());
            case SHUTDOWN -> {}
        }
    }

    private void tell(boolean failed) {
        untold = true;
        links.changed(this, failed);
    }

    private void failed(Subchannel from, Status status) {
        LinkFailedException named = LinkFailures.named(status);
        if (named != null && named.again() && !again) {
            again = true;
            from.requestConnection();
            return;
        }
        fail(LinkFailures.kind(status), LinkFailures.words(status), status.getCause());
    }

    private void timedOut(int dial) {
        if (dial == dials && state == ConnectivityState.CONNECTING && !ended) {
            // A dial cannot be taken back but with all that belongs to it.
            drop();
            fail(Failure.CONNECT, "no connection within " + atMost.toMillis() + " ms", null);
        }
    }

    private void fail(Failure failure, String why, @Nullable Throwable cause) {
        over();
        become(ConnectivityState.IDLE);
        String message = key.host().address() + ": " + why;
        answer = PickResult.withDrop(Status.UNAVAILABLE
                .withDescription(message)
                .withCause(new LinkFailedException(failure, message, cause)));
        tell(true);
    }

    /** All who waited have heard of it. */
    void told() {
        untold = false;
        if (ended || state == ConnectivityState.READY) {
            return;
        }
        answer = state == ConnectivityState.CONNECTING ? DIALLING : IDLE;
    }

    private void over() {
        dials++;
        if (timeout != null) {
            timeout.cancel();
            timeout = null;
        }
    }

    private void become(ConnectivityState now) {
        links.enters(state, now);
        state = now;
    }

    /** Calls on the connection run to their end; gRPC closes it then. */
    void end() {
        ended = true;
        answer = ENDED;
        over();
        become(ConnectivityState.SHUTDOWN);
        drop();
    }

    private void drop() {
        if (subchannel != null) {
            subchannel.shutdown();
            subchannel = null;
        }
    }
}
