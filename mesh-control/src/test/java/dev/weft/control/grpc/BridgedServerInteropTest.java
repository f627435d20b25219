package dev.weft.control.grpc;

import static dev.weft.control.grpc.Story.MTLS;
import static dev.weft.control.grpc.Story.MTLS_ERROR;
import static dev.weft.control.grpc.Story.PLAINTEXT_FALLBACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Encryption;
import dev.weft.grpc.bridge.MeshXdsBridge;
import dev.weft.identity.Identity;
import dev.weft.identity.Pem;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.grpc.xds.XdsServerBuilder;
import io.grpc.xds.XdsServerCredentials;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** grpc-xds servers as they are, on the one stream of a mesh, and Weft's channel to call them: the scenarios about servers. */
@Plays({
    Story.MTLS,
    Story.PLAINTEXT_FALLBACK,
    Story.MTLS_ERROR,
    Story.AUTHZ_PLAINTEXT_ALLOW,
    Story.AUTHZ_MTLS_ALLOW,
    Story.AUTHZ_PLAINTEXT_DENY,
    Story.AUTHZ_MTLS_DENY
})
final class BridgedServerInteropTest extends InteropContract {
    static final String NAME = "grpc-xds servers on the bridge";

    @Override
    String client() {
        return NAME;
    }

    @Override
    GrpcClient.Starter starter() {
        return (plane, directory, locality, trust) ->
                new WeftClient(CallerMesh.start(plane, directory, locality, trust));
    }

    @Override
    GuardedServer.Starter guard() {
        return (mesh, service, connections) -> {
            MeshXdsBridge.install(mesh);
            Server server = XdsServerBuilder.forPort(0, XdsServerCredentials.create(InsecureServerCredentials.create()))
                    .addService(service)
                    .build()
                    .start();
            mesh.listening(
                    "grpc",
                    "grpc",
                    Words.PORT,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()),
                    connections);
            return new GuardedServer(server, server.getPort());
        };
    }

    @Override
    Map<Story, String> gaps() {
        return Map.of();
    }

    @Override
    @Scenario(MTLS)
    public void bothSidesProveThemselves() throws Exception {
        site().identifyCaller();
        String server = site().guarded(Encryption.MUTUAL_TLS);
        site().configure(AuthorizationScenarios.STRICT);
        Caller caller = site().caller("greeter");

        caller.until(Set.of(server));
        assertThat(caller.call().text()).isEqualTo(server + " spiffe://cluster.local/ns/default/sa/caller");
    }

    @Override
    @Scenario(PLAINTEXT_FALLBACK)
    public void withoutAPolicyThereIsPlaintext() throws Exception {
        site().identifyCaller();
        String server = site().guarded(Encryption.PLAINTEXT);
        Caller caller = site().caller("greeter");

        caller.until(Set.of(server));
        assertThat(caller.call().text()).isEqualTo(server + " plaintext");
    }

    @Override
    @Scenario(MTLS_ERROR)
    public void whoHasNoCertificateDoesNotGetThrough() throws Exception {
        site().guarded(Encryption.MUTUAL_TLS);
        site().configure(AuthorizationScenarios.STRICT);
        Identity known = site().identity("caller");

        goes(InsecureChannelCredentials.create(), "!UNAVAILABLE");
        goes(trusting().build(), "!UNAVAILABLE");
        goes(
                trusting()
                        .keyManager(
                                pem(Pem.write(known.svid().chain())),
                                pem(Pem.write(known.svid().key())))
                        .build(),
                "guarded");
    }

    /** A channel straight to the server, in the end. */
    private void goes(ChannelCredentials credentials, String expected) {
        Eventually.is(
                "a call with " + credentials,
                () -> {
                    ManagedChannel channel = Grpc.newChannelBuilderForAddress(
                                    InetAddress.getLoopbackAddress().getHostAddress(),
                                    site().guard().server().getPort(),
                                    credentials)
                            .build();
                    try {
                        return new Caller(channel).call().where();
                    } finally {
                        channel.shutdownNow();
                    }
                },
                expected);
    }

    /** Believes every server: it is the server that has to refuse. */
    private static TlsChannelCredentials.Builder trusting() {
        return TlsChannelCredentials.newBuilder().trustManager(InsecureTrustManagerFactory.INSTANCE.getTrustManagers());
    }

    private static ByteArrayInputStream pem(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
