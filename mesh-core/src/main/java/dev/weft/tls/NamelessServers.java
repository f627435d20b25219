package dev.weft.tls;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Addresses that are shown no server name, because their TLS cannot read those that Istio makes. It is forgotten at some time and
 * costs one connection to learn again.
 */
public final class NamelessServers {
    private static final int REMEMBERED = 10_000;

    private final Set<String> addresses = ConcurrentHashMap.newKeySet();

    public void add(String address) {
        if (addresses.size() >= REMEMBERED) {
            addresses.clear();
        }
        addresses.add(address);
    }

    public boolean contains(String address) {
        return addresses.contains(address);
    }
}
