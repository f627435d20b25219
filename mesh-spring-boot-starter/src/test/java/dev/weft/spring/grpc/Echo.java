package dev.weft.spring.grpc;

import dev.weft.Trust;
import dev.weft.config.Cluster;
import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundPolicy.PortPolicy;
import dev.weft.config.InboundStage;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.config.TlsMode;
import dev.weft.grpc.MeshGrpc;
import dev.weft.http.guard.Rules;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.Snapshots;
import dev.weft.identity.PeerIdentity;
import dev.weft.spring.MeshBuilderCustomizer;
import dev.weft.spring.autoconfigure.GrpcTransportAutoConfiguration;
import dev.weft.spring.autoconfigure.MeshAutoConfiguration;
import dev.weft.spring.autoconfigure.MeshServingAutoConfiguration;
import dev.weft.spring.client.grpc.MeshGrpcClientAutoConfiguration;
import dev.weft.spring.server.grpc.MeshGrpcServerAutoConfiguration;
import io.grpc.BindableService;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.CompositeChannelFactoryAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import org.springframework.boot.grpc.server.autoconfigure.health.GrpcServerHealthAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.ImportGrpcClients;

/** A service that calls itself, through the mesh, with certificates. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    SslAutoConfiguration.class,
    GrpcServerAutoConfiguration.class,
    GrpcServerHealthAutoConfiguration.class,
    GrpcClientAutoConfiguration.class,
    CompositeChannelFactoryAutoConfiguration.class,
    GrpcTransportAutoConfiguration.class,
    MeshAutoConfiguration.class,
    MeshServingAutoConfiguration.class,
    MeshGrpcClientAutoConfiguration.class,
    MeshGrpcServerAutoConfiguration.class
})
@ImportGrpcClients(target = "reviews:9080", types = EchoGrpc.EchoBlockingStub.class)
class Echo {
    static final StaticSource CONFIGURATION = SnapshotSource.of(snapshot(TlsMode.STRICT));

    /** The answer to "later" waits for it. */
    static final AtomicReference<CompletableFuture<Void>> LATER = new AtomicReference<>(new CompletableFuture<>());

    /** @param addresses of reviews */
    static MeshSnapshot snapshot(TlsMode mode, InetSocketAddress... addresses) {
        return snapshot(mode, List.of(), addresses);
    }

    static MeshSnapshot snapshot(TlsMode mode, List<InboundStage> stages, InetSocketAddress... addresses) {
        MeshSnapshot out = Snapshots.reviews()
                .protocol(Cluster.Protocol.HTTP2)
                .tls(MutualTls.towardsReviews())
                .at(addresses);
        return new MeshSnapshot(
                "test",
                out.ports(),
                out.clusters(),
                out.endpoints(),
                out.source(),
                out.acceptedMillis(),
                new InboundPolicy(Map.of(), new PortPolicy(mode).with(stages)));
    }

    static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static InboundStage denySay() {
        return Rules.deny(Rules.exactly("/test.Echo/Say"));
    }

    /** What a test tells each application. */
    static final String[] SETTINGS = {
        "spring.main.banner-mode=off",
        "spring.application.name=reviews",
        "spring.grpc.server.port=0",
        "spring.grpc.server.address=127.0.0.1",
        "mesh.ports.grpc=9080"
    };

    @Bean
    MeshBuilderCustomizer noControlPlane() throws Exception {
        Trust trust = Trust.of(new MutualTls().reviews);
        return builder -> builder.trust(trust).snapshots(CONFIGURATION);
    }

    @Bean
    BindableService words() {
        return () -> EchoGrpc.service((text, answer) -> {
            PeerIdentity peer = MeshGrpc.CALLER.get();
            String caller = peer == null ? "who knows" : peer.getName();
            Runnable reply = () -> {
                answer.onNext(text + " from " + caller);
                answer.onCompleted();
            };
            if (text.equals("later")) {
                LATER.get().thenRun(reply);
            } else {
                reply.run();
            }
        });
    }
}
