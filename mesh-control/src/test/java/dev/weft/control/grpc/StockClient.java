package dev.weft.control.grpc;

import dev.weft.control.ControlPlane;
import dev.weft.identity.Identity;
import dev.weft.identity.Pem;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.xds.XdsChannelCredentials;
import io.grpc.xds.XdsNameResolverProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** gRPC-Java's own xDS client with a stream of its own to the control plane, and nothing of Weft in it. */
final class StockClient implements GrpcClient {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final XdsNameResolverProvider resolver;
    private final List<ManagedChannel> channels = new ArrayList<>();

    private StockClient(XdsNameResolverProvider resolver) {
        this.resolver = resolver;
        NameResolverRegistry.getDefaultRegistry().register(resolver);
    }

    static StockClient start(ControlPlane plane, Path directory, String locality, @Nullable Identity identity)
            throws IOException {
        String[] place = locality.split("/");
        Map<String, Object> bootstrap = new LinkedHashMap<>();
        bootstrap.put(
                "xds_servers",
                List.of(Map.of(
                        "server_uri", plane.target(),
                        "channel_creds", List.of(Map.of("type", "insecure")),
                        "server_features", List.of("xds_v3"))));
        bootstrap.put(
                "node",
                Map.of(
                        "id",
                        "stock-" + COUNT.incrementAndGet(),
                        "cluster",
                        "foreign",
                        "metadata",
                        Map.of("NAMESPACE", "default"),
                        "locality",
                        Map.of("region", place[0], "zone", place[1])));
        if (identity != null) {
            bootstrap.put("certificate_providers", Map.of("default", certificates(directory, identity)));
        }
        // A scheme of its own, for bootstraps are known by the scheme and are many in one process here.
        return new StockClient(XdsNameResolverProvider.createForTest("xds-" + COUNT.incrementAndGet(), bootstrap));
    }

    private static Map<String, Object> certificates(Path directory, Identity identity) throws IOException {
        Path chain = Files.writeString(
                directory.resolve("chain.pem"), Pem.write(identity.svid().chain()));
        Path key = Files.writeString(
                directory.resolve("key.pem"), Pem.write(identity.svid().key()));
        Path roots = Files.writeString(
                directory.resolve("roots.pem"),
                Pem.write(identity.bundle().roots(identity.svid().id().trustDomain())));
        return Map.of(
                "plugin_name",
                "file_watcher",
                "config",
                Map.of(
                        "certificate_file", chain.toString(),
                        "private_key_file", key.toString(),
                        "ca_certificate_file", roots.toString(),
                        "refresh_interval", "60s"));
    }

    @Override
    public ManagedChannel channel(String service, int port) {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        resolver.getDefaultScheme() + ":///" + service + ":" + port,
                        XdsChannelCredentials.create(InsecureChannelCredentials.create()))
                .build();
        channels.add(channel);
        return channel;
    }

    @Override
    public void close() throws InterruptedException {
        channels.forEach(ManagedChannel::shutdownNow);
        for (ManagedChannel channel : channels) {
            // grpc-xds counts the calls to a cluster of one name for the whole process.
            channel.awaitTermination(5, TimeUnit.SECONDS);
        }
        NameResolverRegistry.getDefaultRegistry().deregister(resolver);
    }
}
