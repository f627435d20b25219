package dev.weft;

import dev.weft.engine.InboundEngine;
import dev.weft.runtime.Timer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log why nobody is told of a process that means to serve, if that is still so after a while. */
final class LateServers {
    private static final Logger log = LoggerFactory.getLogger(Mesh.class);

    /** By then a server that was meant to be guarded is bound. */
    private static final long LATE_NANOS = 30_000_000_000L;

    private final String service;
    private final Registration registration;
    private final InboundEngine inbound;
    private final Timer timer;
    private final Closing closing;
    private final AtomicBoolean watched = new AtomicBoolean();

    LateServers(String service, Registration registration, InboundEngine inbound, Timer timer, Closing closing) {
        this.service = service;
        this.registration = registration;
        this.inbound = inbound;
        this.timer = timer;
        this.closing = closing;
    }

    /** Looks once, in a while. */
    void watch() {
        if (watched.compareAndSet(false, true)) {
            timer.schedule(LATE_NANOS, this::look);
        }
    }

    private void look() {
        if (closing.closed()) {
            return;
        }
        if (registration.awaitsPolicy()) {
            log.warn(
                    "{}: nobody is told of this process, because it would let nobody in: {}",
                    service,
                    inbound.refusesConnection(0, true));
        }
        if (!registration.missing().isEmpty()) {
            log.warn(
                    "{}: ports {} are declared but nothing listens there, so nobody is told of them; guard their server or call"
                            + " mesh.listening(...)",
                    service,
                    registration.missing());
        }
    }
}
