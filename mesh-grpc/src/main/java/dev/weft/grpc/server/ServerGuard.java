package dev.weft.grpc.server;

import dev.weft.Mesh;
import dev.weft.config.Encryption;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the mesh in front of the services of one server builder. Whoever sees the builder's connections asks {@link #admission} about each, and
 * calls {@link #building} when a server is made of the builder. Safe for use from any thread, as far as the builder is.
 */
public final class ServerGuard {
    /** By what marks their servers; a guard lives as long as its builder or a server of it. */
    private static final Map<ServerServiceDefinition, WeakReference<ServerGuard>> GUARDS =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final Mesh mesh;
    private final ServerBuilder<?> builder;
    private final BuilderParts parts;
    private final ServerServiceDefinition marker;
    private final GuardInterceptor interceptor;
    private final Listening listening;
    private final HealthService health;

    private ServerGuard(Mesh mesh, ServerBuilder<?> builder, BuilderParts parts, Encryption takes) {
        this.mesh = mesh;
        this.builder = builder;
        this.parts = parts;
        health = new HealthService(mesh.health());
        marker = health.bindService();
        GUARDS.put(marker, new WeakReference<>(this));
        listening = new Listening(mesh, builder, takes, PortNames.USUAL, server -> of(server) == this, health);
        interceptor = new GuardInterceptor(mesh, listening, parts);
        builder.addTransportFilter(new Connections(mesh));
        builder.addStreamTracerFactory(new CallBooks(mesh));
        builder.intercept(interceptor);
        fallBack();
        listening.begin();
    }

    private void fallBack() {
        parts.fallback(users -> new Fallback(users, marker, this));
    }

    /** Guards a builder whose transport does no TLS of the mesh. */
    public static ServerGuard guard(Mesh mesh, ServerBuilder<?> builder) {
        return guard(mesh, builder, Encryption.PLAINTEXT);
    }

    /**
     * Guards a builder; one that is guarded already stays as it is. Its port is known by the name {@code grpc}, where no other guarded server
     * has that already.
     *
     * @param takes what its port takes, as the registry is told
     * @throws IllegalStateException if another mesh guards it
     */
    public static ServerGuard guard(Mesh mesh, ServerBuilder<?> builder, Encryption takes) {

        BuilderParts parts = BuilderParts.of(builder);
        if (parts.fallback() instanceof Fallback known) {
            ServerGuard guard = known.guard();
            if (guard.mesh != mesh) {
                throw new IllegalStateException("the builder is guarded by another mesh, "
                        + guard.mesh.workload().service());
            }
            return guard;
        }
        return new ServerGuard(mesh, builder, parts, takes);
    }

    public Admission admission() {
        return listening;
    }

    /**
     * A server is being made of the builder and has not read the builder's interceptors yet: the guard steps in front of those that were added
     * since, and around a fallback registry. Where nobody calls this, interceptors that are added after {@link #guard} see calls before they
     * are judged.
     */
    public void building() {
        builder.intercept(interceptor);
        if (!(parts.fallback() instanceof Fallback)) {
            fallBack();
        }
        listening.building();
    }

    /**
     * Tells the registry of a started server at once; without this it is found within moments.
     *
     * @return false if it was not made of a guarded builder
     */
    public static boolean started(Server server) {
        ServerGuard guard = of(server);
        if (guard != null) {
            guard.listening.started(server);
        }
        return guard != null;
    }

    /**
     * For frameworks that tell the mesh about health themselves: a health service of the application's own is not watched for it. To be
     * called before the server is started.
     *
     * @param builder that is guarded; on another nothing happens
     */
    public static void healthElsewhere(ServerBuilder<?> builder) {
        ServerGuard guard = of(builder);
        if (guard != null) {
            guard.listening.healthElsewhere();
        }
    }

    /** Says what the port of a builder is called. */
    static void name(ServerBuilder<?> builder, String portName) {
        ServerGuard guard = of(builder);
        if (guard == null) {
            throw new IllegalArgumentException("the adapter of " + builder.getClass() + " has not guarded it here");
        }
        guard.listening.named(portName);
    }

    private static @Nullable ServerGuard of(ServerBuilder<?> builder) {
        return BuilderParts.of(builder).fallback() instanceof Fallback known ? known.guard() : null;
    }

    /** The list of services that are found at run time is the guard's own, and of that one builder. */
    private static @Nullable ServerGuard of(Server server) {
        for (ServerServiceDefinition service : server.getMutableServices()) {
            WeakReference<ServerGuard> guard = GUARDS.get(service);
            if (guard != null) {
                return guard.get();
            }
        }
        return null;
    }
}
