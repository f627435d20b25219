package dev.weft;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.VirtualHost;
import dev.weft.engine.Explanation;
import dev.weft.engine.InboundEngine;
import dev.weft.engine.OutboundEngine;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import dev.weft.telemetry.Observers;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** The one implementation. */
final class RunningMesh implements Mesh {
    private final World world;
    private final OutboundEngine outbound;
    private final InboundEngine inbound;
    private final Adapters adapters = Adapters.found();
    private final MeshHealth health = new MeshHealth(() -> {});
    private final CompletableFuture<Mesh> ready = new CompletableFuture<>();
    private final Map<Class<?>, AutoCloseable> shared = new LinkedHashMap<>();
    private volatile MeshState state = MeshState.STARTING;

    RunningMesh(MeshSetup setup) {
        world = setup.world;
        MeshObserver observer = Observers.of(setup.observers);
        outbound = new OutboundEngine(world, observer);
        inbound = new InboundEngine(world, observer);
        SnapshotSource source = setup.snapshots;
        if (source != null) {
            outbound.follow(new SnapshotSource() {
                @Override
                public void subscribe(Consumer<MeshSnapshot> listener) {
                    source.subscribe(snapshot -> {
                        listener.accept(snapshot);
                        state = MeshState.READY;
                        ready.complete(RunningMesh.this);
                    });
                }

                @Override
                public void request(VirtualHost host) {
                    source.request(host);
                }
            });
        }
    }

    @Override
    public <C> C wrap(C client) {
        return adapters.wrap(this, client);
    }

    @Override
    public <S> S guard(S server) {
        return adapters.guard(this, server);
    }

    @Override
    public boolean knows(String authority) {
        return outbound.knows(authority, "http");
    }

    @Override
    public Explanation explain(String method, String url, Map<String, String> headers) {
        URI uri = URI.create(url);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        return outbound.explain(
                new RequestHead(method, uri.getScheme(), uri.getRawAuthority(), target, Headers.of(headers)));
    }

    @Override
    public MeshState state() {
        return state;
    }

    @Override
    public CompletionStage<Mesh> ready() {
        return ready.minimalCompletionStage();
    }

    @Override
    public void awaitReady(Duration atMost) {
        try {
            ready.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new MeshException.NotReady("not ready after " + atMost.toMillis() + " ms: configuration: none");
        } catch (ExecutionException e) {
            throw new MeshException.Closed("the mesh is closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeshException.NotReady("interrupted while waiting for configuration");
        }
    }

    @Override
    public MeshHealth health() {
        return health;
    }

    @Override
    public List<String> origins() {
        return List.of();
    }

    @Override
    public void drain(Duration atMost) {
        state = MeshState.DRAINING;
    }

    @Override
    public void close() {
        state = MeshState.CLOSED;
        ready.completeExceptionally(new MeshException.Closed("the mesh is closed"));
        synchronized (shared) {
            shared.values().forEach(one -> {
                try {
                    one.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            shared.clear();
        }
    }

    @Override
    public OutboundEngine outbound() {
        return outbound;
    }

    @Override
    public InboundEngine inbound() {
        return inbound;
    }

    @Override
    public World world() {
        return world;
    }

    @Override
    public void listening(String portName, String protocol, int servicePort, InetSocketAddress bound) {}

    @Override
    public <T extends AutoCloseable> T shared(Class<T> key, Function<Mesh, T> make) {
        synchronized (shared) {
            return key.cast(shared.computeIfAbsent(key, missing -> make.apply(this)));
        }
    }
}
