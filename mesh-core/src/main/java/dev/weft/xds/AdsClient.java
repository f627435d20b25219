package dev.weft.xds;

import dev.weft.controlplane.FailureWords;
import dev.weft.runtime.Backoff;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one stream open: tries the control planes in order, waits between rounds, begins again with the first after each
 * good stream. What travels on the stream is the affair of {@link Reception} and {@link Registration}. Control thread only.
 */
final class AdsClient {
    private static final Logger log = LoggerFactory.getLogger(AdsClient.class);

    /** A control plane that takes the connection and says nothing is no control plane. */
    private static final Duration FIRST_ANSWER_WITHIN = Duration.ofSeconds(15);

    /**
     * A stream that lasts this long is a good one, after which tries begin anew. One that is ended sooner, as by a registry that does not
     * take us, must not be opened in a loop.
     */
    private static final Duration STEADY = Duration.ofSeconds(10);

    private final ControlThread control;
    private final World world;
    private final Channels channels;
    private final List<String> servers;
    private final boolean stateOfTheWorld;
    private final Supplier<dev.weft.proto.envoy.config.core.v3.Node> node;
    private final Reception reception;
    private final Registration registration;
    private final Runnable onChange;
    private final Backoff backoff;
    private final Failback failback;
    private final Lease lease;

    private int server;
    /** Tells the events of the current stream from late ones of its predecessors. */
    private long generation;

    private @Nullable ManagedChannel channel;
    private @Nullable AdsStream stream;
    private Timer.@Nullable Handle timer;
    private boolean connected;
    private long connectedSinceMillis;
    private int failedTries;
    private String lastFailure = "";
    /** No stream is tried before there is an identity. */
    private boolean waiting;

    private boolean closed;

    AdsClient(
            ControlThread control,
            World world,
            Channels channels,
            Bootstrap bootstrap,
            Supplier<dev.weft.proto.envoy.config.core.v3.Node> node,
            Reception reception,
            Registration registration,
            Runnable onChange) {
        this.control = control;
        this.world = world;
        this.channels = channels;
        this.servers = bootstrap.servers();
        this.stateOfTheWorld = bootstrap.options().stateOfTheWorld();
        this.node = node;
        this.reception = reception;
        this.registration = registration;
        this.onChange = onChange;
        this.backoff = new Backoff(world.randomness());
        this.failback = new Failback(control, world, channels, servers.get(0), this::returnToFirst);
        this.lease = new Lease(control, world, channels, this::reopen);
    }

    void connect() {
        control.check();
        if (closed) {
            return;
        }
        waiting = !channels.ready();
        if (waiting) {
            lastFailure = servers.get(server) + ": waiting for an identity";
            onChange.run();
            return;
        }
        long mine = ++generation;
        ManagedChannel opened = channels.open(servers.get(server));
        channel = opened;
        AdsStream.Listener listener = new AdsStream.Listener() {
            @Override
            public void pushed(Push push) {
                control.execute(() -> onPush(mine, push));
            }

            @Override
            public void ended(Status status) {
                control.execute(() -> onEnd(mine, status));
            }
        };
        AdsStream open =
                stateOfTheWorld ? StateStream.open(opened, node, listener) : DeltaStream.open(opened, node, listener);
        stream = open;
        timer = control.after(
                FIRST_ANSWER_WITHIN,
                () -> onEnd(
                        mine,
                        Status.DEADLINE_EXCEEDED.withDescription(
                                "no answer within " + FIRST_ANSWER_WITHIN.toSeconds() + " s")));
        lease.begin();
        reception.opened(open);
        onChange.run();
    }

    /** There is another identity, or a first one. */
    void identified() {
        control.check();
        if (waiting) {
            connect();
        }
    }

    /** The certificate that opened the stream is at its end. */
    private void reopen() {
        log.info("control plane {}: opening the stream anew, by the certificate of now", servers.get(server));
        drop("its certificate ends");
        connect();
    }

    private void onPush(long from, Push push) {
        AdsStream open = stream;
        if (from != generation || open == null) {
            return;
        }
        boolean first = !connected;
        if (first) {
            nowConnected();
        }
        if (push.typeUrl().equals(AdsStream.HEALTH_TYPE)) {
            registration.answered();
        } else {
            reception.pushed(push);
        }
        if (first && reception.dialect() == Dialect.BY_NAME) {
            registration.connected(open);
        }
        open.next();
        onChange.run();
    }

    private void nowConnected() {
        cancelTimer();
        connected = true;
        connectedSinceMillis = world.ticker().epochMillis();
        lastFailure = "";
        log.info("control plane {}: connected", servers.get(server));
        if (server != 0) {
            failback.start();
        }
    }

    private void onEnd(long from, Status status) {
        if (from != generation || stream == null) {
            return;
        }
        if (status.getCode() == Status.Code.UNAUTHENTICATED) {
            channels.unauthenticated();
        }
        if (FailureWords.mistrust(status)) {
            channels.mistrusted();
        }
        String reason = FailureWords.of(status);
        String name = servers.get(server);
        boolean wasConnected = connected;
        if (wasConnected && world.ticker().epochMillis() - connectedSinceMillis >= STEADY.toMillis()) {
            failedTries = 0;
            backoff.reset();
        }
        drop(reason);
        failedTries++;
        lastFailure = name + ": " + reason;
        logFailure();
        boolean roundIsOver = wasConnected || server + 1 >= servers.size();
        server = roundIsOver ? 0 : server + 1;
        // Within a round the next control plane is tried at once.
        Duration wait = roundIsOver ? backoff.next() : Duration.ZERO;
        timer = control.after(wait, this::connect);
        onChange.run();
    }

    private void returnToFirst() {
        log.info("control plane {}: reachable again, going back to it", servers.get(0));
        drop("going back to " + servers.get(0));
        server = 0;
        connect();
    }

    /** Gives up the stream and its channel; a channel keeps a back-off of its own, which may be longer than ours. */
    private void drop(String reason) {
        cancelTimer();
        failback.stop();
        lease.stop();
        generation++;
        if (connected) {
            // What a control plane that is there does not change, it confirms.
            reception.confirmed();
        }
        connected = false;
        connectedSinceMillis = 0;
        if (stream != null) {
            stream.end(reason);
            stream = null;
        }
        if (channel != null) {
            channel.shutdownNow();
            channel = null;
        }
        reception.closed();
        registration.disconnected();
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** The first failure is news, and so is each doubling of the tries; the others would only fill the log. */
    private void logFailure() {
        if (Integer.bitCount(failedTries) == 1) {
            long accepted = reception.acceptedMillis();
            String inForce = reception.current() == null
                    ? "there is no configuration yet"
                    : "the configuration of " + Math.max(0, world.ticker().epochMillis() - accepted) / 1000
                            + " s ago stays in force";
            String tries = failedTries == 1 ? "first try" : failedTries + " tries";
            log.warn("control plane {} ({}); {}", lastFailure, tries, inForce);
        }
    }

    void close() {
        control.check();
        closed = true;
        drop("closed");
    }

    /** What an observer wants to know of connection and configuration. */
    XdsState state() {
        var current = reception.current();
        return new XdsState(
                connected,
                generation == 0 ? "" : servers.get(server),
                reception.dialect(),
                connectedSinceMillis,
                connected ? 0 : failedTries,
                lastFailure,
                current == null ? null : current.source(),
                current == null ? "" : current.version(),
                reception.acceptedMillis(),
                reception.problems());
    }
}
