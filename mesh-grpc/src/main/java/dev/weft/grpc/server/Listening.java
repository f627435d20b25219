package dev.weft.grpc.server;

import dev.weft.Inlet;
import dev.weft.Mesh;
import dev.weft.MeshException;
import dev.weft.MeshState;
import dev.weft.config.Encryption;
import dev.weft.engine.Peer;
import io.grpc.InternalChannelz;
import io.grpc.InternalChannelz.ServerList;
import io.grpc.InternalServer;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ports of the servers that are made of one builder. A builder says nothing when its server is started or shut down; so the server is looked for
 * among those that gRPC keeps for channelz, and until it is found each connection tells where it came in.
 */
final class Listening implements Admission {
    /** Right after a server was built: it is being started. */
    private static final long SOON_NANOS = 10_000_000L;

    /** While a server runs whose transport does not tell: how late the registry may hear that it has been shut down. */
    private static final long WATCH_NANOS = 100_000_000L;

    /** While nothing happens. */
    private static final long LATER_NANOS = 1_000_000_000L;

    private static final int PAGE = 100;

    private final Mesh mesh;
    private final WeakReference<ServerBuilder<?>> builder;
    private final Encryption takes;
    private final Predicate<Server> ours;
    private final HealthService health;
    private final String remedy;
    private final PortNames names;

    /** By bound port. */
    private final Map<Integer, Inlet> inlets = new ConcurrentHashMap<>();

    /** Of transports that have no ports. */
    private final Inlet portless;

    /** Those that run. Guarded by this. */
    private final Map<Server, Running> servers = new HashMap<>();

    /** Of the port. Written by whoever sets the server up, read when it is started. */
    private volatile String name;

    /** A health service of the application's own is none of the registry's business. Written by whoever sets the server up. */
    private volatile boolean healthElsewhere;

    /**
     * A server that runs.
     *
     * @param ports that it listens at
     * @param health that it has of its own, watched; or null
     */
    private record Running(Set<Integer> ports, @Nullable OwnHealth health) {}

    /** Until the next look; written by looks, which come one after the other, and by {@link #building}. */
    private volatile long wait = SOON_NANOS;

    /** The transport says when a server is over. Written when one is built, read by looks. */
    private volatile boolean told;

    /** Nobody has called yet, so the registry may not know of the server; read by each call. */
    private volatile boolean unseen = true;

    Listening(
            Mesh mesh,
            ServerBuilder<?> builder,
            Encryption takes,
            String name,
            Predicate<Server> ours,
            HealthService health) {
        this.mesh = mesh;
        this.builder = new WeakReference<>(builder);
        this.takes = takes;
        this.name = name;
        this.ours = ours;
        this.health = health;
        names = PortNames.of(mesh);
        remedy = takes.takesTls()
                ? "callers must use mutual TLS, which this port takes"
                : "guard a Netty builder without TLS of its own, or take the builder of MeshServer";
        portless = new Inlet(mesh, remedy);
    }

    void begin() {
        mesh.world().timer().schedule(wait, () -> BuilderParts.executeElsewhere(this::look));
    }

    /** A server is being built, of a transport that tells when it is {@link #closed}. */
    void building() {
        told = true;
        wait = SOON_NANOS;
    }

    @Override
    public void closed() {
        // Not here, on the transport's thread: the server may be asked only under its lock.
        BuilderParts.executeElsewhere(() -> {
            if (!dropStopped()) {
                // Of a server that was over before it was found.
                inlets.keySet().forEach(this::stopped);
            }
        });
    }

    private void look() {
        if (mesh.state() == MeshState.CLOSED) {
            return;
        }
        find();
        boolean running = dropStopped();
        if (running) {
            wait = told ? LATER_NANOS : WATCH_NANOS;
        } else if (builder.get() == null) {
            return;
        } else {
            wait = Math.min(wait * 2, LATER_NANOS);
        }
        begin();
    }

    private void find() {
        long from = 0;
        ServerList page;
        do {
            page = InternalChannelz.instance().getServers(from, PAGE);
            for (Object known : page.servers) {
                if (known instanceof Server server && ours.test(server)) {
                    started(server);
                }
            }
            from = page.servers.isEmpty()
                    ? 0
                    : page.servers.get(page.servers.size() - 1).getLogId().getId() + 1;
        } while (!page.end && from > 0);
    }

    /** Tells the registry of a server that has been started; does nothing for one that has not, or that is known. */
    void started(Server server) {
        if (server.isShutdown() || knows(server)) {
            return;
        }
        Set<Integer> ports;
        try {
            ports = server.getListenSockets().stream()
                    .filter(InetSocketAddress.class::isInstance)
                    .map(address -> inlet((InetSocketAddress) address))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        } catch (IllegalStateException | MeshException.Closed e) {
            // Not started yet, or over in this moment.
            return;
        }
        synchronized (this) {
            servers.computeIfAbsent(server, found -> new Running(ports, watch(found, ports)));
        }
    }

    private @Nullable OwnHealth watch(Server server, Set<Integer> ports) {
        return healthElsewhere ? null : OwnHealth.of(server, mesh.health(), "gRPC server at " + ports);
    }

    /** What the port is called, as long as no server is started. */
    void named(String portName) {
        name = portName;
    }

    /** From now on a health service of the application's own is not watched. */
    void healthElsewhere() {
        healthElsewhere = true;
    }

    private synchronized boolean knows(Server server) {
        return servers.containsKey(server);
    }

    /** Whether one is left. */
    private boolean dropStopped() {
        boolean stopped;
        synchronized (this) {
            stopped = servers.entrySet().removeIf(entry -> {
                boolean over = entry.getKey().isShutdown();
                if (over) {
                    stopped(entry.getValue());
                }
                return over;
            });
        }
        if (stopped) {
            health.changed();
        }
        synchronized (this) {
            return !servers.isEmpty();
        }
    }

    private void stopped(Running server) {
        server.ports().forEach(this::stopped);
        OwnHealth own = server.health();
        if (own != null) {
            own.close();
        }
    }

    private void stopped(int port) {
        Inlet inlet = inlets.remove(port);
        if (inlet != null) {
            inlet.stopped();
            names.free(name, port);
        }
    }

    /** Made by whoever comes first: the look that finds the server, or a connection, which needs the port's policy. */
    private Map.Entry<Integer, Inlet> inlet(InetSocketAddress at) {
        int port = at.getPort();
        String wanted = name;
        return Map.entry(port, inlets.computeIfAbsent(port, bound -> {
            Inlet inlet = new Inlet(mesh, remedy);
            inlet.listening(names.take(wanted, port), PortNames.USUAL, at, takes);
            return inlet;
        }));
    }

    @Override
    public boolean refuses(SocketAddress listening, boolean encrypted) {
        try {
            Inlet inlet = listening instanceof InetSocketAddress at ? inlet(at).getValue() : portless;
            // Whose transport does TLS of the mesh by its own means takes nothing else.
            return inlet.refuses(encrypted || takes == Encryption.MUTUAL_TLS);
        } catch (MeshException.Closed e) {
            return true;
        }
    }

    /** A call is here: its server runs, and its port has to be known for the call to be judged, unless its connection was admitted. */
    void seen() {
        if (unseen) {
            Server server = InternalServer.SERVER_CONTEXT_KEY.get();
            if (server != null && inlets.isEmpty()) {
                started(server);
            }
            unseen = false;
        }
    }

    /** Says in the log, once, if connections like this one are refused. */
    void say(Peer peer) {
        @Nullable InetSocketAddress local = peer.local();
        Inlet inlet = local == null ? portless : inlets.getOrDefault(local.getPort(), portless);
        inlet.refuses(peer.servicePort(), peer.encrypted());
    }
}
