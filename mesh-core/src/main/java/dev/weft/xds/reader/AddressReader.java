package dev.weft.xds.reader;

import dev.weft.proto.envoy.config.core.v3.Address;
import dev.weft.proto.envoy.config.core.v3.SocketAddress;
import org.jspecify.annotations.Nullable;

/** {@code Address}: a TCP address or a unix socket. */
final class AddressReader {
    private static final KnownFields SOCKET = KnownFields.of(SocketAddress.getDescriptor())
            .honours("protocol", "address", "port_value")
            .skips("ipv4_compat");

    /** @param host IP literal, host name or {@code unix:} path */
    record HostPort(String host, int port) {}

    private AddressReader() {}

    static @Nullable HostPort read(Address found, Place place) {
        switch (found.getAddressCase()) {
            case PIPE:
                if (found.getPipe().getPath().isEmpty()) {
                    place.refuse("pipe.path", "", "a path");
                }
                return new HostPort("unix:" + found.getPipe().getPath(), 0);
            case SOCKET_ADDRESS:
                return socket(found.getSocketAddress(), place.at("socket_address"));
            default:
                place.refuse(found.getAddressCase(), "socket_address or pipe");
                return null;
        }
    }

    private static @Nullable HostPort socket(SocketAddress found, Place place) {
        SOCKET.check(found, place);
        if (found.getProtocol() != SocketAddress.Protocol.TCP) {
            place.refuse("protocol", found.getProtocol(), "TCP");
        }
        if (found.getAddress().isEmpty()) {
            place.refuse("address", "", "an IP address or a host name");
            return null;
        }
        int port = found.getPortValue();
        if (port < 0 || port > 65_535) {
            place.refuse("port_value", Integer.toUnsignedString(port), "0 to 65535");
            return null;
        }
        return new HostPort(found.getAddress(), port);
    }
}
