package dev.weft.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.config.Cluster;
import dev.weft.config.Endpoint;
import dev.weft.request.RequestHead;
import dev.weft.telemetry.MeshObserver.DestinationObserver;
import dev.weft.upstream.Host;
import java.util.function.Function;

/** The unknown hosts that were called lately: a host is the same object from call to call, so that connections are reused. */
final class OutsideHosts {
    // More are forgotten and cost a connection when they come back; a crawler must not fill the heap.
    private static final int REMEMBERED = 1_000;

    private final Cache<Address, OutsideHost> hosts = remembering(OutsideHost::host);
    private final Cache<Address, Host> callers = remembering(host -> host);
    private final DestinationObserver observer;

    OutsideHosts(GuardedObserver observer) {
        this.observer = observer.destination(OutsideHost.cluster(null));
    }

    /** @param host whose connections are to be closed when it is forgotten */
    private static <T> Cache<Address, T> remembering(Function<T, Host> host) {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .<Address, T>evictionListener((address, forgotten, why) -> {
                    if (forgotten != null) {
                        host.apply(forgotten).leave();
                    }
                })
                .build();
    }

    OutsideHost of(RequestHead head) {
        return hosts.get(
                new Address(head.scheme(), head.dialledHost(), head.port()), address -> OutsideHost.of(head, observer));
    }

    /** A cluster that has no hosts of its own gets the one that the caller dials; others stay as they are. */
    Destination of(Destination to, RequestHead head) {
        if (to.cluster().discovery() != Cluster.Discovery.ORIGINAL_DESTINATION) {
            return to;
        }
        String cluster = to.cluster().name();
        Host host = callers.get(
                new Address(cluster, head.dialledHost(), head.port()),
                address -> new Host(cluster, Endpoint.of(address.host, address.port)));
        return new CallersHost(to, host);
    }

    /** @param scheme or cluster */
    private record Address(String scheme, String host, int port) {}
}
