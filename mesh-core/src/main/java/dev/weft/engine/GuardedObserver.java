package dev.weft.engine;

import dev.weft.config.Cluster;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.telemetry.MeshObserver;
import dev.weft.telemetry.MeshObserver.AttemptObserver;
import dev.weft.telemetry.MeshObserver.CallObserver;
import dev.weft.telemetry.MeshObserver.CallSummary;
import dev.weft.telemetry.MeshObserver.DestinationObserver;
import dev.weft.telemetry.MeshObserver.InboundObserver;
import dev.weft.telemetry.MeshObserver.InboundSummary;
import dev.weft.telemetry.MeshObserver.Scope;
import dev.weft.upstream.Host;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports to a {@link MeshObserver} whose failures must not become the caller's. */
final class GuardedObserver {
    private static final Logger log = LoggerFactory.getLogger(OutboundEngine.class);

    private final MeshObserver observer;

    // Set by whoever meets the first failure; keeps a broken observer from filling the log with every request.
    private final AtomicBoolean warned = new AtomicBoolean();

    GuardedObserver(MeshObserver observer) {
        this.observer = observer;
    }

    DestinationObserver destination(Cluster cluster) {
        try {
            return observer.destination(cluster);
        } catch (RuntimeException e) {
            warn(e);
            return DestinationObserver.NONE;
        }
    }

    CallObserver call(RequestHead head) {
        try {
            return observer.call(head);
        } catch (RuntimeException e) {
            warn(e);
            return CallObserver.NONE;
        }
    }

    AttemptObserver attempt(CallObserver call, Attempt.Kind kind, int number, Host host, Headers.Builder headers) {
        if (call == CallObserver.NONE) {
            return AttemptObserver.NONE;
        }
        try {
            return call.attempt(kind.name(), number, host, headers);
        } catch (RuntimeException e) {
            warn(e);
            return AttemptObserver.NONE;
        }
    }

    void finished(AttemptObserver attempt, int status, @Nullable String failure) {
        try {
            attempt.finished(status, failure);
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    void finished(DestinationObserver destination, CallSummary summary) {
        try {
            destination.finished(summary);
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    void finished(CallObserver call, CallSummary summary) {
        try {
            call.finished(summary);
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    InboundObserver inbound(RequestHead head) {
        try {
            return observer.inbound(head);
        } catch (RuntimeException e) {
            warn(e);
            return InboundObserver.NONE;
        }
    }

    Scope enter(InboundObserver request) {
        try {
            return request.enter();
        } catch (RuntimeException e) {
            warn(e);
            return () -> {};
        }
    }

    void close(Scope scope) {
        try {
            scope.close();
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    void finished(InboundObserver request, InboundSummary summary) {
        try {
            request.finished(summary);
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    private void warn(RuntimeException e) {
        if (warned.compareAndSet(false, true)) {
            log.warn("{} failed and loses reports; further failures are not logged", observer.getClass(), e);
        }
    }
}
