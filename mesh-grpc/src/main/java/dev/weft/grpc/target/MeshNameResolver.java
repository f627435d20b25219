package dev.weft.grpc.target;

import dev.weft.Mesh;
import dev.weft.grpc.link.MeshTarget;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resolves {@code mesh:///reviews:9090}, which nobody but the mesh may. All within the channel's synchronization context,
 * unless said otherwise. */
final class MeshNameResolver extends NameResolver {
    private final String authority;
    private final @Nullable Meshing given;
    private final Answers answers;
    private final Changes changes;
    private final SynchronizationContext sync;
    private @Nullable Listener2 listener;
    private boolean stopped;

    // What was answered last.
    private @Nullable MeshTarget taken;
    private @Nullable String refused;

    /** @param given what the builder was wrapped with, or null: the global mesh is asked for */
    MeshNameResolver(String authority, @Nullable Meshing given, Args args) {
        this.authority = authority;
        this.given = given;
        answers = new Answers("mesh:///" + authority, args);
        changes = new Changes(args, this::resolve);
        sync = args.getSynchronizationContext();
    }

    @Override
    public String getServiceAuthority() {
        return authority;
    }

    @Override
    public void start(Listener2 hears) {
        listener = hears;
        resolve();
    }

    @Override
    public void refresh() {
        resolve();
    }

    @Override
    public void shutdown() {
        stopped = true;
        changes.stop();
    }

    private void resolve() {
        if (stopped || listener == null) {
            return;
        }
        Meshing meshing = meshing();
        if (meshing == null) {
            refuse(
                    listener,
                    "no mesh for mesh:///" + authority
                            + ": wrap the builder, mesh.wrap(builder), or call mesh.makeGlobal() before the channel is built",
                    this::lookForGlobal);
            return;
        }
        changes.follow(meshing.mesh());
        if (meshing.mesh().outbound().takes(authority, "http")) {
            take(listener, meshing);
        } else {
            List<Integer> ports = meshing.mesh().outbound().portsOf(authority);
            String remedy = ports.isEmpty()
                    ? "for names outside of it write dns:///" + authority
                    : "that name has the ports " + ports;
            refuse(listener, "mesh:///" + authority + ": the mesh knows no such name and port; " + remedy, () -> {});
        }
    }

    private void take(Listener2 hears, Meshing meshing) {
        MeshTarget target = meshing.target(authority, false);
        if (!target.equals(taken)) {
            taken = target;
            refused = null;
            answers.taken(hears, meshing, target);
        }
    }

    private void refuse(Listener2 hears, String why, Runnable look) {
        if (!why.equals(refused)) {
            refused = why;
            taken = null;
            answers.refused(hears, Status.UNAVAILABLE.withDescription(why), look);
        }
    }

    /** Before a call, on its thread: a mesh may have become global since the last one. */
    private void lookForGlobal() {
        if (Mesh.global().isPresent()) {
            sync.execute(this::resolve);
        }
    }

    private @Nullable Meshing meshing() {
        return given != null
                ? given
                : Mesh.global().map(mesh -> new Meshing(mesh, null)).orElse(null);
    }
}
