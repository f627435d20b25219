package dev.weft;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** Finds the address at which others reach this machine. */
final class LocalAddress {
    private LocalAddress() {}

    /** The loopback address when all control planes are there, because then everybody is; else the first of an interface. */
    static String of(List<String> controlPlanes) {
        boolean onlyHere = controlPlanes.stream()
                .allMatch(server ->
                        server.startsWith("localhost:") || server.startsWith("127.") || server.startsWith("[::1]:"));
        InetAddress found = onlyHere ? null : firstOfAnInterface();
        return found == null ? "127.0.0.1" : found.getHostAddress();
    }

    private static @org.jspecify.annotations.Nullable InetAddress firstOfAnInterface() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(LocalAddress::usable)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLinkLocalAddress())
                    .findFirst()
                    .orElse(null);
        } catch (SocketException e) {
            return null;
        }
    }

    private static boolean usable(NetworkInterface one) {
        try {
            return one.isUp() && !one.isLoopback() && !one.isPointToPoint();
        } catch (SocketException e) {
            return false;
        }
    }
}
