package dev.weft.benchmarks.grpc;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.grpc.MeshChannel;
import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolver;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import io.grpc.xds.XdsChannelCredentials;
import io.grpc.xds.XdsNameResolverProvider;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A channel of each kind to the same servers, over the same transport. */
enum Channels {
    ROUND_ROBIN("gRPC-Java, round_robin") {
        @Override
        ManagedChannel to(Far far) {
            List<EquivalentAddressGroup> addresses = new ArrayList<>();
            for (int i = 0; i < far.endpoints; i++) {
                addresses.add(new EquivalentAddressGroup(new InetSocketAddress(OtherSide.address(i), far.port)));
            }
            NameResolverRegistry.getDefaultRegistry().register(new FixedAddresses(addresses));
            return Grpc.newChannelBuilder(FixedAddresses.SCHEME + ":///reviews", InsecureChannelCredentials.create())
                    .defaultLoadBalancingPolicy("round_robin")
                    .build();
        }
    },
    XDS("gRPC-Java, grpc-xds") {
        @Override
        ManagedChannel to(Far far) {
            Map<String, Object> bootstrap = Map.of(
                    "xds_servers",
                    List.of(Map.of(
                            "server_uri", far.controlPlane,
                            "channel_creds", List.of(Map.of("type", "insecure")),
                            "server_features", List.of("xds_v3"))),
                    "node",
                    Map.of("id", "bench", "cluster", "bench", "metadata", Map.of("NAMESPACE", "default")));
            NameResolverRegistry.getDefaultRegistry()
                    .register(XdsNameResolverProvider.createForTest("xds-bench", bootstrap));
            return Grpc.newChannelBuilder(
                            "xds-bench:///reviews:9090",
                            XdsChannelCredentials.create(InsecureChannelCredentials.create()))
                    .build();
        }
    },
    MESH("Weft, MeshChannel") {
        @Override
        ManagedChannel to(Far far) throws Exception {
            Mesh mesh = Mesh.builder()
                    .ignoreEnvironment()
                    .service("bench")
                    .controlPlane(far.controlPlane)
                    .trust(Trust.none())
                    .dataDirectory(Files.createTempDirectory("weft-bench"))
                    .start();
            mesh.awaitReady(Duration.ofSeconds(20));
            return MeshChannel.to(mesh, "reviews:9090");
        }
    };

    final String words;

    Channels(String words) {
        this.words = words;
    }

    /** What it needs stays until the process ends. */
    abstract ManagedChannel to(Far far) throws Exception;

    /** Answers at once, as DNS would. */
    private static final class FixedAddresses extends io.grpc.NameResolverProvider {
        static final String SCHEME = "fixed";
        private final List<EquivalentAddressGroup> addresses;

        FixedAddresses(List<EquivalentAddressGroup> addresses) {
            this.addresses = addresses;
        }

        @Override
        public NameResolver newNameResolver(URI target, NameResolver.Args args) {
            return new NameResolver() {
                @Override
                public String getServiceAuthority() {
                    return "reviews";
                }

                @Override
                public void start(Listener2 listener) {
                    listener.onResult2(ResolutionResult.newBuilder()
                            .setAddressesOrError(StatusOr.fromValue(addresses))
                            .setAttributes(Attributes.EMPTY)
                            .build());
                }

                @Override
                public void shutdown() {}
            };
        }

        @Override
        public String getDefaultScheme() {
            return SCHEME;
        }

        @Override
        protected boolean isAvailable() {
            return true;
        }

        @Override
        protected int priority() {
            return 5;
        }
    }
}
