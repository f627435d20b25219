package dev.weft.grpc.bridge;

import io.grpc.ManagedChannelRegistry;
import io.grpc.NameResolverRegistry;
import io.grpc.internal.ObjectPool;
import io.grpc.xds.InternalSharedXdsClientPoolProvider;
import io.grpc.xds.client.Bootstrapper.BootstrapInfo;
import io.grpc.xds.client.XdsClient;
import io.grpc.xds.client.XdsInitializationException;
import io.grpc.xds.internal.security.certprovider.CertificateProviderRegistry;
import java.util.List;
import java.util.Map;

/**
 * Everything of grpc-java that the bridge holds on to without a promise that it stays: two registries, the bootstrap of the process, and
 * certificate providers ({@link BridgeCertificates}). A test names each of them.
 */
final class GrpcXds {
    /** Listeners of servers are asked for by this: mesh-control writes them so. */
    static final String SERVER_LISTENER = "inbound/%s";

    private static boolean registered;

    private GrpcXds() {}

    /**
     * Has every grpc-xds client of this process speak to the bridge.
     *
     * @throws IllegalStateException if they speak to another control plane already
     */
    static synchronized void useBridge() {
        if (!registered) {
            ManagedChannelRegistry.getDefaultRegistry().register(new BridgeChannels());
            NameResolverRegistry.getDefaultRegistry().register(new BridgeChannels.Names());
            CertificateProviderRegistry.getInstance().register(new BridgeCertificates());
            registered = true;
        }
        bootstrap();
    }

    // The successor asks for a bootstrap with each channel and server, which are the user's here.
    @SuppressWarnings("deprecation")
    private static void bootstrap() {
        InternalSharedXdsClientPoolProvider.setDefaultProviderBootstrapOverride(written());
        BootstrapInfo inForce;
        try {
            ObjectPool<XdsClient> pool = InternalSharedXdsClientPoolProvider.getOrCreate("weft-bootstrap-check");
            XdsClient client = pool.getObject();
            inForce = client.getBootstrapInfo();
            pool.returnObject(client);
        } catch (XdsInitializationException e) {
            throw new IllegalStateException("grpc-xds does not take the bridge's bootstrap: " + e.getMessage(), e);
        }
        String server = inForce.servers().get(0).target();
        if (!server.equals(BridgeChannels.SERVER_URI)) {
            throw new IllegalStateException(
                    "grpc-xds has read a bootstrap with control plane " + server
                            + " already and reads none again in this process: install the bridge before the first xds channel or server");
        }
    }

    /** The same for every mesh, for grpc-xds keeps it as long as the process lives. */
    private static Map<String, ?> written() {
        return Map.of(
                "xds_servers",
                List.of(Map.of(
                        "server_uri",
                        BridgeChannels.SERVER_URI,
                        "channel_creds",
                        List.of(Map.of("type", "insecure")),
                        "server_features",
                        List.of("xds_v3"))),
                "node",
                Map.of("id", "weft"),
                "server_listener_resource_name_template",
                SERVER_LISTENER,
                "certificate_providers",
                Map.of(
                        BridgeCertificates.INSTANCE,
                        Map.of("plugin_name", BridgeCertificates.PLUGIN, "config", Map.of())));
    }
}
