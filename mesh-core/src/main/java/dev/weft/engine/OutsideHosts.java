package dev.weft.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.request.RequestHead;
import dev.weft.telemetry.MeshObserver.DestinationObserver;

/** The unknown hosts that were called lately: a host is the same object from call to call, so that connections are reused. */
final class OutsideHosts {
    // More are forgotten and cost a connection when they come back; a crawler must not fill the heap.
    private static final int REMEMBERED = 1_000;

    private final Cache<Address, OutsideHost> hosts =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final DestinationObserver observer;

    OutsideHosts(GuardedObserver observer) {
        this.observer = observer.destination(OutsideHost.cluster(null));
    }

    OutsideHost of(RequestHead head) {
        return hosts.get(
                new Address(head.scheme(), head.authority(), head.port()), address -> OutsideHost.of(head, observer));
    }

    private record Address(String scheme, String authority, int port) {}
}
