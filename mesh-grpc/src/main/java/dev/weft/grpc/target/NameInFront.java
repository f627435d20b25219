package dev.weft.grpc.target;

import dev.weft.engine.OutboundEngine;
import io.grpc.NameResolver;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the resolver that a target of a wrapped builder would have had. As long as the mesh knows the name, that resolver is
 * not asked at all; else its word passes untouched. It follows the configuration both ways. All within the channel's synchronization
 * context.
 */
final class NameInFront extends NameResolver {
    // A builder that was told to encrypt has this port where none is written.
    private static final int TLS_PORT = 443;

    private final Meshing meshing;
    private final Supplier<NameResolver> behind;
    private final String authority;
    private final String shown;
    private final boolean demandsTls;
    private final Args args;
    private final Answers answers;
    private final Changes changes;

    private enum Answered {
        NOTHING,
        TAKEN,
        PASSED
    }

    // Made early, because a channel wants to know its authority at once.
    private @Nullable NameResolver other;
    private @Nullable PassedOn passing;
    private @Nullable Listener2 listener;
    private Answered answered = Answered.NOTHING;
    private boolean waited;
    private boolean stopped;

    /** @param behind makes the resolver that the target would have had */
    NameInFront(Meshing meshing, String authority, Supplier<NameResolver> behind, Args args) {
        this.meshing = meshing;
        this.authority = authority;
        this.behind = behind;
        this.args = args;
        demandsTls = args.getDefaultPort() == TLS_PORT;
        other = behind.get();
        shown = other.getServiceAuthority();
        answers = new Answers(authority, args);
        changes = new Changes(args, this::resolve);
    }

    @Override
    public String getServiceAuthority() {
        return shown;
    }

    @Override
    public void start(Listener2 hears) {
        listener = hears;
        changes.follow(meshing.mesh());
        resolve();
    }

    @Override
    public void refresh() {
        if (answered == Answered.PASSED && other != null) {
            other.refresh();
        } else {
            resolve();
        }
    }

    @Override
    public void shutdown() {
        stopped = true;
        changes.stop();
        stopPassing();
    }

    private void resolve() {
        if (stopped || listener == null) {
            return;
        }
        OutboundEngine engine = meshing.mesh().outbound();
        String scheme = demandsTls ? "https" : "http";
        if (engine.knows(authority, scheme)) {
            take(listener);
        } else if (!engine.takes(authority, scheme)) {
            pass(listener);
        } else if (answered == Answered.NOTHING) {
            // Without any configuration nobody can tell.
            if (waited) {
                take(listener);
            } else {
                waitForConfiguration(engine);
            }
        }
    }

    /** gRPC holds calls meanwhile, as it does while it waits for DNS; then they are told why by the engine. */
    private void waitForConfiguration(OutboundEngine engine) {
        meshing.mesh()
                .world()
                .timer()
                .schedule(
                        engine.holdNanos(),
                        () -> args.getSynchronizationContext().execute(() -> {
                            waited = true;
                            resolve();
                        }));
    }

    private void take(Listener2 hears) {
        if (answered != Answered.TAKEN) {
            answered = Answered.TAKEN;
            stopPassing();
            answers.taken(hears, meshing, meshing.target(authority, demandsTls));
        }
    }

    private void pass(Listener2 hears) {
        if (answered == Answered.PASSED) {
            return;
        }
        answered = Answered.PASSED;
        NameResolver next = other == null ? behind.get() : other;
        other = next;
        passing = new PassedOn(hears);
        next.start(passing);
    }

    private void stopPassing() {
        if (passing != null) {
            passing.stop();
            passing = null;
        }
        if (other != null) {
            other.shutdown();
            other = null;
        }
    }
}
