package dev.weft.control.translate;

import com.google.protobuf.Value;
import dev.weft.config.ConfigProblem;
import dev.weft.control.ads.ClientNode;
import dev.weft.control.ads.Resource;
import dev.weft.control.ads.ResourceSource;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ads.View;
import dev.weft.control.catalog.Catalog;
import dev.weft.control.catalog.Client;
import dev.weft.control.registry.Registry;
import dev.weft.control.registry.RegistrySnapshot;
import dev.weft.control.store.ConfigSnapshot;
import dev.weft.control.store.ConfigStore;
import dev.weft.control.translate.inbound.StockListener;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Serves configuration and registry as xDS resources. Changes are only noted when they come; the catalog is brought up to date by
 * the next caller of {@link #view}. Safe for use from any thread.
 */
public final class Translator implements ResourceSource, AutoCloseable {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Checks checks = new Checks();
    private final KeyRing keys;
    private final Runnable storeChanges;
    private final Runnable registryChanges;
    private final Runnable keyChanges;

    /** Written by store and registry, each its own; read by whoever brings the catalog up to date. */
    private volatile ConfigSnapshot config;

    private volatile RegistrySnapshot instances = RegistrySnapshot.EMPTY;

    /** Written with this translator's lock held, read by anybody. */
    private volatile Generation generation;

    /** Fetches no keys: tokens whose keys are behind a URL are refused. */
    public Translator(ConfigStore store, Registry registry) {
        this(store, registry, KeyRing.EMPTY);
    }

    /** @param keys of those who issue tokens; closed with this */
    public Translator(ConfigStore store, Registry registry, KeyRing keys) {
        this.keys = keys;
        this.config = store.snapshot();
        this.generation = new Generation(
                Catalog.of(config, instances, null), null, new Inputs(config, instances, keys.revision()));
        this.storeChanges = store.onChange(this::configured);
        this.registryChanges = registry.onChange(this::registered);
        this.keyChanges = keys.onChange(() -> listeners.forEach(Runnable::run));
        keys.follow(config.config());
        // What came between the first look and the subscription.
        configured(store.snapshot());
    }

    private void configured(ConfigSnapshot now) {
        config = now;
        listeners.forEach(Runnable::run);
    }

    private void registered(RegistrySnapshot now) {
        instances = now;
        listeners.forEach(Runnable::run);
    }

    @Override
    public View view(ClientNode node) {
        return upToDate().view(node);
    }

    @Override
    public Runnable onChange(Runnable changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    /** What was translated and is not served, because clients would refuse it. */
    public List<ConfigProblem> problems() {
        return checks.problems();
    }

    @Override
    public void close() {
        storeChanges.run();
        registryChanges.run();
        keyChanges.run();
        keys.close();
    }

    private Generation upToDate() {
        Generation current = generation;
        return current.inputs.same(inputs()) ? current : renew();
    }

    private Inputs inputs() {
        return new Inputs(config, instances, keys.revision());
    }

    private synchronized Generation renew() {
        Inputs now = inputs();
        Generation current = generation;
        if (!current.inputs.same(now)) {
            Catalog catalog = Catalog.of(now.config, now.instances, current.catalog);
            if (!Catalog.sameContent(now.config, current.inputs.config)) {
                keys.follow(now.config.config());
                checks.clear();
            }
            generation = current = new Generation(catalog, current, now);
        }
        return current;
    }

    /** What views are made from. */
    private record Inputs(ConfigSnapshot config, RegistrySnapshot instances, long keys) {
        boolean same(Inputs other) {
            return instances == other.instances && keys == other.keys && Catalog.sameContent(config, other.config);
        }
    }

    /** The views of one catalog. */
    private final class Generation {
        private final Catalog catalog;
        private final Inputs inputs;
        private final Map<Key, LazyView> views = new ConcurrentHashMap<>();
        private final Map<Key, LazyView> earlier = new ConcurrentHashMap<>();
        private final Map<WorkloadKey, WorkloadView> workloads = new ConcurrentHashMap<>();
        private final Map<WorkloadClass, Resource> inbound = new ConcurrentHashMap<>();
        /** Of the generation before, where nothing about them can have changed. */
        private final Map<WorkloadClass, Resource> earlierInbound;

        Generation(Catalog catalog, @Nullable Generation before, Inputs inputs) {
            this.catalog = catalog;
            this.inputs = inputs;
            boolean sameRules = before != null && catalog.sameRules(before.catalog);
            if (before != null && sameRules) {
                earlier.putAll(before.earlier);
                earlier.putAll(before.views);
            }
            earlierInbound =
                    before != null && sameRules && before.inputs.keys == inputs.keys ? before.inbound : Map.of();
        }

        View view(ClientNode node) {
            Client client = catalog.client(node.namespace(), node.labels(), node.locality(), isIdentified(node));
            Key key = new Key(node.kind(), client, false);
            LazyView outbound = views.computeIfAbsent(key, this::make);
            if (node.kind() != ClientNode.Kind.WEFT) {
                return outbound;
            }
            WorkloadClass workload = WorkloadClass.of(catalog, node);
            return workloads.computeIfAbsent(
                    new WorkloadKey(key, workload),
                    any -> new WorkloadView(
                            outbound,
                            () -> inbound(workload),
                            () -> stock(client),
                            name -> stockInbound(workload, name)));
        }

        /** What a stock gRPC library in the process of a Weft client sees: what one beside it would. */
        private LazyView stock(Client client) {
            return views.computeIfAbsent(new Key(ClientNode.Kind.GRPC, client, true), this::make);
        }

        private @Nullable Resource stockInbound(WorkloadClass workload, String name) {
            StockListener.Written written = StockListener.write(
                    name, catalog.security().of(workload.namespace(), workload.labels()), catalog.mesh());
            if (written == null) {
                return null;
            }
            written.closed().forEach(checks::closed);
            return Resource.of(name, written.listener());
        }

        private Resource inbound(WorkloadClass workload) {
            return inbound.computeIfAbsent(workload, any -> {
                Resource before = earlierInbound.get(workload);
                if (before != null) {
                    return before;
                }
                Listener listener = workload.listener(catalog, keys);
                Resource resource = Resource.of(listener.getName(), listener);
                // Served in any case: who cannot read it refuses everybody, and says so; who had none would keep an
                // older one.
                checks.judge(ResourceType.LISTENER, resource);
                return resource;
            });
        }

        private LazyView make(Key key) {
            LazyView before = earlier.remove(key);
            Caller caller = Caller.of(catalog, key.client, key.kind, key.inWeft);
            Shape shape = key.kind == ClientNode.Kind.ENVOY ? new SocketShape(caller) : new NamedShape(caller);
            Checks readers = key.kind == ClientNode.Kind.GRPC ? null : checks;
            Shelf shelf = new Shelf(readers, before == null ? null : before.shelf());
            return new LazyView(caller, revision(), shelf, shape);
        }

        private String revision() {
            long registry = inputs.instances.revision();
            return inputs.config.revision()
                    + (registry == 0 && inputs.keys == 0 ? "" : "." + registry)
                    + (inputs.keys == 0 ? "" : "." + inputs.keys);
        }
    }

    /** A client that goes without an identity says so. */
    private static boolean isIdentified(ClientNode node) {
        return !node.metadata()
                .getFieldsOrDefault("WEFT", Value.getDefaultInstance())
                .getStructValue()
                .getFieldsOrDefault("identity", Value.getDefaultInstance())
                .getStringValue()
                .equals("none");
    }

    private record Key(ClientNode.Kind kind, Client client, boolean inWeft) {}

    private record WorkloadKey(Key key, WorkloadClass workload) {}
}
