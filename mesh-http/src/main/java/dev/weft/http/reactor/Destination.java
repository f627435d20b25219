package dev.weft.http.reactor;

import java.net.InetSocketAddress;

/**
 * Where a request of Reactor Netty's goes, by its URI.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host, and the port where it is not the scheme's own
 * @param address as it was asked for
 */
record Destination(String scheme, String authority, InetSocketAddress address) {

    static Destination of(boolean secure, InetSocketAddress address) {
        String host = address.getHostString();
        String written = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        boolean standard = address.getPort() == (secure ? 443 : 80);
        return new Destination(
                secure ? "https" : "http", standard ? written : written + ":" + address.getPort(), address);
    }
}
