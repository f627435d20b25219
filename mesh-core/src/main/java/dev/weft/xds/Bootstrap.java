package dev.weft.xds;

import dev.weft.controlplane.ServerAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the client needs to begin.
 *
 * @param servers control planes as {@code host:port}, in order of preference; at least one
 * @param node who asks
 * @param dataDirectory where the last good configuration is kept, or null: in memory only
 * @param options how the protocol is spoken
 */
public record Bootstrap(
        List<String> servers, Node node, @Nullable Path dataDirectory, XdsOptions options) {
    public Bootstrap {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no control plane: at least one host:port was expected");
        }
        for (String server : servers) {
            ServerAddress unused = ServerAddress.of(server);
        }
    }
}
