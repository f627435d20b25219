package dev.weft.xds;

import dev.weft.xds.AdsStream.Wanted;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is asked of a control plane, by dialect, and what is forgotten because nothing refers to it. Control thread only. */
final class Asking {
    private final Subscriptions subscriptions;
    private final SnapshotAssembler assembler;
    private final Interest interest;
    private final AcceptedResources accepted;
    private final StockFeed stock;

    Asking(
            Subscriptions subscriptions,
            SnapshotAssembler assembler,
            Interest interest,
            AcceptedResources accepted,
            StockFeed stock) {
        this.subscriptions = subscriptions;
        this.assembler = assembler;
        this.interest = interest;
        this.accepted = accepted;
        this.stock = stock;
    }

    /** The first request: every cluster, whose answer tells the dialect. What is here already is said along. */
    void first(AdsStream stream, Dialect lastKnown) {
        Set<String> here = accepted.names(ResourceType.CLUSTER);
        Set<String> names = lastKnown == Dialect.BY_NAME ? here : Set.of();
        stream.subscribe(
                ResourceType.CLUSTER,
                new Wanted(true, false, names, () -> accepted.versions(ResourceType.CLUSTER, here)));
    }

    /**
     * Whether the first answer of a stream holds all there is. istiod's resources have no versions of their own, so that it
     * cannot tell what is left out; it sends everything again.
     */
    boolean firstIsFull(ResourceType type, Dialect dialect) {
        return dialect == Dialect.SIDECAR && (type == ResourceType.CLUSTER || type == ResourceType.LISTENER);
    }

    /** Whether the set is worth a first snapshot: nothing in it would be mistaken for a host outside the mesh. */
    boolean isComplete(Dialect dialect) {
        if (!subscriptions.isAnswered(ResourceType.CLUSTER)) {
            return false;
        }
        if (dialect == Dialect.BY_NAME) {
            return subscriptions.isAnswered(ResourceType.VIRTUAL_HOST);
        }
        return subscriptions.isAnswered(ResourceType.LISTENER)
                && interest.routes().stream()
                        .allMatch(name ->
                                isHere(ResourceType.ROUTE, name) || subscriptions.absent(ResourceType.ROUTE, name))
                && assembler.allClustersAreDecided();
    }

    /** Brings the subscriptions up to date with what is here. */
    void again(AdsStream stream, Dialect dialect) {
        if (dialect == Dialect.BY_NAME) {
            byName(stream);
        } else {
            sidecar(stream);
        }
    }

    private void byName(AdsStream stream) {
        boolean indexKnown = subscriptions.isAnswered(ResourceType.VIRTUAL_HOST);
        stream.subscribe(
                ResourceType.VIRTUAL_HOST,
                new Wanted(
                        true,
                        true,
                        Set.of(),
                        () -> accepted.versions(ResourceType.VIRTUAL_HOST, accepted.names(ResourceType.VIRTUAL_HOST))));
        Set<String> hosts = interest.hosts(indexKnown);
        Set<String> listeners = union(hosts, interest.inbound());
        if (indexKnown) {
            keepOnly(ResourceType.LISTENER, listeners);
        }
        Set<String> routes = union(hosts, interest.routes());
        if (indexKnown) {
            keepOnly(ResourceType.ROUTE, routes);
        }
        Set<String> clusters = union(interest.clusters(), assembler.namedInForce());
        if (indexKnown) {
            keepOnly(ResourceType.CLUSTER, clusters);
        }
        if (indexKnown) {
            forgetUnwantedStock();
        }
        names(stream, ResourceType.LISTENER, union(listeners, stock.wanted(ResourceType.LISTENER)));
        names(stream, ResourceType.ROUTE, union(routes, stock.wanted(ResourceType.ROUTE)));
        clusters = union(clusters, stock.wanted(ResourceType.CLUSTER));
        expect(ResourceType.CLUSTER, clusters);
        stream.subscribe(ResourceType.CLUSTER, new Wanted(true, false, clusters, Map::of));
        endpoints(stream, indexKnown);
    }

    private void sidecar(AdsStream stream) {
        stream.subscribe(
                ResourceType.LISTENER,
                new Wanted(
                        true,
                        false,
                        Set.of(),
                        () -> accepted.versions(ResourceType.LISTENER, accepted.names(ResourceType.LISTENER))));
        boolean listenersKnown = subscriptions.isAnswered(ResourceType.LISTENER);
        if (listenersKnown) {
            keepOnly(ResourceType.VIRTUAL_HOST, Set.of());
            keepOnly(ResourceType.ROUTE, interest.routes());
            names(stream, ResourceType.ROUTE, interest.routes());
            // They come by wildcard; but a table that names one which is not here yet may wait a while for it.
            expect(ResourceType.CLUSTER, interest.clusters());
        }
        endpoints(stream, listenersKnown);
    }

    private void endpoints(AdsStream stream, boolean prune) {
        Set<String> endpoints = interest.endpoints();
        if (prune) {
            keepOnly(ResourceType.ENDPOINT, endpoints);
        }
        names(stream, ResourceType.ENDPOINT, union(endpoints, stock.wanted(ResourceType.ENDPOINT)));
    }

    private void forgetUnwantedStock() {
        for (ResourceType type : ResourceType.values()) {
            Set<String> wanted = stock.wanted(type);
            for (String name : accepted.names(type)) {
                if (StockNames.is(name) && !wanted.contains(name)) {
                    accepted.remove(type, name);
                    stock.remove(type, name);
                }
            }
        }
    }

    private void names(AdsStream stream, ResourceType type, Set<String> names) {
        expect(type, names);
        stream.subscribe(type, Wanted.names(names, () -> accepted.versions(type, names)));
    }

    private void expect(ResourceType type, Set<String> names) {
        subscriptions.expect(type, names, name -> isHere(type, name));
    }

    private boolean isHere(ResourceType type, String name) {
        return assembler.resources().of(type).containsKey(name) || stock.isHere(type, name);
    }

    private void keepOnly(ResourceType type, Set<String> names) {
        for (String name : new TreeSet<>(assembler.resources().of(type).keySet())) {
            if (!names.contains(name)) {
                accepted.remove(type, name);
                assembler.removeLater(type, name);
            }
        }
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> both = new TreeSet<>(a);
        both.addAll(b);
        return both;
    }
}
