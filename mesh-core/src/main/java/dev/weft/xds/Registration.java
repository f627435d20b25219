package dev.weft.xds;

import com.google.rpc.Status;
import dev.weft.runtime.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the process says of itself: its ports once they are known, whether it is well, and that it leaves. It says so again
 * on each new stream, until it has left. Control thread only.
 */
final class Registration {
    /** The control plane answers once every subscriber has heard, which takes it 2 s at most; then nobody calls any more. */
    static final Duration GOODBYE_WAIT = Duration.ofSeconds(3);

    private static final int CANCELLED = io.grpc.Status.Code.CANCELLED.value();
    private static final int UNAVAILABLE = io.grpc.Status.Code.UNAVAILABLE.value();

    private final ControlThread control;
    private List<AnnouncedPort> ports = List.of();
    private boolean announced;
    private @Nullable String down;
    private boolean leaving;
    private @Nullable AdsStream stream;
    private @Nullable CompletableFuture<Void> goodbye;
    private Timer.@Nullable Handle patience;

    Registration(ControlThread control) {
        this.control = control;
    }

    /** The ports to be named by the node; none once the process leaves. */
    List<AnnouncedPort> ports() {
        return leaving ? List.of() : ports;
    }

    void announce(List<AnnouncedPort> newPorts) {
        control.check();
        boolean news = !announced || !newPorts.equals(ports);
        announced = true;
        ports = List.copyOf(newPorts);
        if (news) {
            say();
        }
    }

    /** @param reason why the process does not want to be called, or null: it does */
    void health(@Nullable String reason) {
        control.check();
        boolean news = !java.util.Objects.equals(down, reason);
        down = reason;
        if (news) {
            say();
        }
    }

    /** A stream is there whose server keeps a registry. */
    void connected(AdsStream opened) {
        control.check();
        stream = opened;
        say();
    }

    void disconnected() {
        control.check();
        stream = null;
        // The registry hears of the lost stream; it will not answer on another one.
        left();
    }

    /** @param done completed when the registry has answered, or will not */
    void goodbye(CompletableFuture<Void> done) {
        control.check();
        AdsStream open = stream;
        if (open == null || !announced || leaving) {
            leaving = true;
            done.complete(null);
            return;
        }
        goodbye = done;
        patience = control.after(GOODBYE_WAIT, this::left);
        open.health(status(CANCELLED, "leaving"));
        leaving = true;
    }

    /** The registry answered; it does so to a goodbye only. */
    void answered() {
        control.check();
        left();
    }

    private void left() {
        CompletableFuture<Void> waiting = goodbye;
        goodbye = null;
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    private void say() {
        if (stream != null && announced && !leaving) {
            stream.health(down == null ? null : status(UNAVAILABLE, down));
        }
    }

    private static Status status(int code, String message) {
        return Status.newBuilder().setCode(code).setMessage(message).build();
    }
}
