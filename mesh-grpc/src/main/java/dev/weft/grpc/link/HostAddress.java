package dev.weft.grpc.link;

import dev.weft.config.Cidr;
import dev.weft.config.Endpoint;
import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a host is reached.
 *
 * @param addresses tried in order
 * @param problem why there is none, or null
 */
record HostAddress(List<SocketAddress> addresses, @Nullable String problem) {

    /**
     * An IP literal is an address already; a name is looked up.
     *
     * @param blocking where name servers are waited for
     */
    static void find(Endpoint endpoint, Executor blocking, Consumer<HostAddress> then) {
        String host = endpoint.address();
        InetAddress literal = Cidr.literal(host);
        if (literal != null) {
            then.accept(at(endpoint, literal));
        } else if (host.startsWith("unix:")) {
            then.accept(none("sockets of the file system are not dialled by gRPC channels of the mesh"));
        } else {
            try {
                blocking.execute(() -> then.accept(lookedUp(endpoint)));
            } catch (RejectedExecutionException e) {
                then.accept(none("the channel's offload executor takes no more tasks"));
            }
        }
    }

    /** Whether it is where it is for as long as it lives. */
    static boolean isFixed(Endpoint endpoint) {
        return Cidr.literal(endpoint.address()) != null;
    }

    private static HostAddress lookedUp(Endpoint endpoint) {
        try {
            return at(endpoint, InetAddress.getAllByName(endpoint.address()));
        } catch (UnknownHostException e) {
            return none("unknown host " + endpoint.address());
        }
    }

    private static HostAddress at(Endpoint endpoint, InetAddress... found) {
        List<SocketAddress> addresses = new ArrayList<>(found.length);
        for (InetAddress address : found) {
            addresses.add(new InetSocketAddress(address, endpoint.port()));
        }
        return new HostAddress(addresses, null);
    }

    private static HostAddress none(String why) {
        return new HostAddress(List.of(), why);
    }

    /** @param security null: the host is not the mesh's */
    EquivalentAddressGroup group(@Nullable LinkSecurity security) {
        return security == null
                ? new EquivalentAddressGroup(addresses)
                : new EquivalentAddressGroup(
                        addresses,
                        Attributes.newBuilder().set(LinkSecurity.KEY, security).build());
    }
}
