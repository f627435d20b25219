package dev.weft.spring.autoconfigure;

import dev.weft.Mesh;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * The end in the order that costs nobody a request: the registry is left, clients are told, what is in flight ends; and only then
 * Boot's graceful shutdown refuses connections. {@code mesh.drain.*} bounds it; Boot's own time begins after that.
 */
final class LeavingFirst implements SmartLifecycle {
    /** Before {@code WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE}, which is {@code MAX_VALUE - 1024}. */
    static final int PHASE = Integer.MAX_VALUE - 512;

    private static final String PART = "context";

    private final Mesh mesh;
    private final ApplicationContext context;

    /** False: a child context that nobody calls; the application goes on without it. */
    private final boolean ends;

    // Written and read by the thread that starts or stops the context; the others that ask whether it runs may be late.
    private volatile boolean running;
    private volatile boolean closing;

    LeavingFirst(Mesh mesh, ApplicationContext context) {
        this.mesh = mesh;
        this.context = context;
        ends = context.getBeanNamesForType(Mesh.class, true, false).length > 0 || ServerContexts.serves(context);
    }

    @EventListener
    void closed(ContextClosedEvent event) {
        closing |= event.getApplicationContext() == context;
    }

    @Override
    public void start() {
        running = true;
        mesh.health().up(PART);
    }

    /** A context that is stopped and not closed may be started again, so its place in the registry is kept. */
    @Override
    public void stop() {
        running = false;
        leave();
    }

    /** Said by whatever of the context stops first. */
    void leave() {
        if (!ends) {
            return;
        }
        if (closing) {
            mesh.drain();
        } else {
            mesh.health().down(PART, "stopped");
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Test frameworks pause contexts that nobody uses at the moment; callers would find the server gone. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
