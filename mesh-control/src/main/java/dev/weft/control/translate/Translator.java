package dev.weft.control.translate;

import dev.weft.config.ConfigProblem;
import dev.weft.control.ads.ClientNode;
import dev.weft.control.ads.ResourceSource;
import dev.weft.control.ads.View;
import dev.weft.control.catalog.Catalog;
import dev.weft.control.catalog.Client;
import dev.weft.control.registry.Registry;
import dev.weft.control.registry.RegistrySnapshot;
import dev.weft.control.store.ConfigSnapshot;
import dev.weft.control.store.ConfigStore;
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
    private final Runnable storeChanges;
    private final Runnable registryChanges;

    /** Written by store and registry, each its own; read by whoever brings the catalog up to date. */
    private volatile ConfigSnapshot config;

    private volatile RegistrySnapshot instances = RegistrySnapshot.EMPTY;

    /** Written with this translator's lock held, read by anybody. */
    private volatile Generation generation;

    public Translator(ConfigStore store, Registry registry) {
        this.config = store.snapshot();
        this.generation = new Generation(Catalog.of(config, instances, null), null, config, instances, checks);
        this.storeChanges = store.onChange(this::configured);
        this.registryChanges = registry.onChange(this::registered);
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
    }

    private Generation upToDate() {
        Generation current = generation;
        return current.isOf(config, instances) ? current : renew();
    }

    private synchronized Generation renew() {
        ConfigSnapshot newConfig = config;
        RegistrySnapshot newInstances = instances;
        Generation current = generation;
        if (!current.isOf(newConfig, newInstances)) {
            Catalog catalog = Catalog.of(newConfig, newInstances, current.catalog);
            if (!Catalog.sameContent(newConfig, current.config)) {
                checks.clear();
            }
            generation = current = new Generation(catalog, current, newConfig, newInstances, checks);
        }
        return current;
    }

    /** The views of one catalog. */
    private static final class Generation {
        private final Catalog catalog;
        private final ConfigSnapshot config;
        private final RegistrySnapshot instances;
        private final Checks checks;
        private final Map<Key, LazyView> views = new ConcurrentHashMap<>();
        private final Map<Key, LazyView> earlier;

        Generation(
                Catalog catalog,
                @Nullable Generation before,
                ConfigSnapshot config,
                RegistrySnapshot instances,
                Checks checks) {
            this.catalog = catalog;
            this.config = config;
            this.instances = instances;
            this.checks = checks;
            this.earlier = new ConcurrentHashMap<>();
            if (before != null && catalog.sameRules(before.catalog)) {
                earlier.putAll(before.earlier);
                earlier.putAll(before.views);
            }
        }

        boolean isOf(ConfigSnapshot otherConfig, RegistrySnapshot otherInstances) {
            return instances == otherInstances && Catalog.sameContent(config, otherConfig);
        }

        View view(ClientNode node) {
            Client client = catalog.client(node.namespace(), node.labels(), node.locality());
            return views.computeIfAbsent(new Key(node.kind(), client), this::make);
        }

        private LazyView make(Key key) {
            LazyView before = earlier.remove(key);
            Caller caller = Caller.of(catalog, key.client, key.kind);
            Shape shape = key.kind == ClientNode.Kind.ENVOY ? new SocketShape(caller) : new NamedShape(caller);
            Checks readers = key.kind == ClientNode.Kind.GRPC ? null : checks;
            Shelf shelf = new Shelf(readers, before == null ? null : before.shelf());
            return new LazyView(caller, revision(), shelf, shape);
        }

        private String revision() {
            return instances.revision() == 0 ? config.revision() : config.revision() + "." + instances.revision();
        }
    }

    private record Key(ClientNode.Kind kind, Client client) {}
}
