package dev.weft.xds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.identity.HeldIdentity;
import dev.weft.identity.Identity;
import dev.weft.identity.TestAuthority;
import dev.weft.proto.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryRequest;
import dev.weft.proto.envoy.service.discovery.v3.DiscoveryResponse;
import dev.weft.runtime.Randomness;
import dev.weft.runtime.Ticker;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stream over a TLS port such as istiod's: both sides show who they are. */
final class StreamOverTlsTest {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** Retries come at once. */
    private static final World HASTY =
            new World(Ticker.system(), (delay, task) -> Timer.system().schedule(delay / 20, task), Randomness.system());

    private final TestAuthority root = TestAuthority.root("root");
    private final HeldIdentity own = new HeldIdentity();
    private final BlockingQueue<String> streams = new LinkedBlockingQueue<>();
    private Server server;
    private XdsSource source;
    private final CountDownLatch mistrusted = new CountDownLatch(1);
    private volatile boolean certificatesAreSeen = true;

    @AfterEach
    void ends() {
        if (source != null) {
            source.close();
        }
        server.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bothSidesShowWhoTheyAre(boolean stateOfTheWorld) throws Exception {
        serve(root);
        own.set(root.identity(TestAuthority.REVIEWS, 1));
        open(stateOfTheWorld ? XdsOptions.DEFAULT.withStateOfTheWorld() : XdsOptions.DEFAULT, "jwt");

        assertThat(next()).isEqualTo("[" + TestAuthority.REVIEWS + "] null");
        Eventually.until("connected", () -> source.state().connected());
    }

    @Test
    void theCertificateOfTheMomentIsShown() throws Exception {
        serve(root);
        own.set(root.identity(TestAuthority.REVIEWS, 1));
        own.set(root.identity(TestAuthority.PRODUCTPAGE, 2));
        open(XdsOptions.DEFAULT, null);

        assertThat(next()).isEqualTo("[" + TestAuthority.PRODUCTPAGE + "] null");
    }

    @Test
    void aControlPlaneOfAnotherRootGetsNoStream() throws Exception {
        serve(TestAuthority.root("root"));
        own.set(root.identity(TestAuthority.REVIEWS, 1));
        open(XdsOptions.DEFAULT, "jwt");

        Eventually.until(
                "refused",
                () -> source.state()
                        .lastFailure()
                        .contains("peer refused, CHAIN: the certificate of the control plane"));
        assertThat(streams).isEmpty();
        assertThat(mistrusted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aControlPlaneThatDoesNotBelieveUsIsNoted() throws Exception {
        serve(root);
        TestAuthority other = TestAuthority.root("other");
        own.set(new Identity(other.leaf().uri(TestAuthority.REVIEWS).svid(), root.bundle(), 1));
        open(XdsOptions.DEFAULT, null);

        assertThat(mistrusted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aControlPlaneThatDoesNotSeeCertificatesGetsTheToken() throws Exception {
        certificatesAreSeen = false;
        serve(root);
        own.set(root.identity(TestAuthority.REVIEWS, 1));
        open(XdsOptions.DEFAULT, "jwt");

        assertThat(next()).endsWith(" null");
        assertThat(next()).endsWith(" Bearer jwt");
        Eventually.until("connected", () -> source.state().connected());
    }

    private String next() throws InterruptedException {
        String stream = streams.poll(10, TimeUnit.SECONDS);
        assertThat(stream).as("a stream").isNotNull();
        return stream;
    }

    private void open(XdsOptions options, String bearer) {
        source = XdsSource.create(
                new Bootstrap(List.of("localhost:" + server.getPort()), Client.NODE, null, options),
                own,
                bearer == null ? null : () -> bearer,
                mistrusted::countDown,
                HASTY);
        source.start();
    }

    private void serve(TestAuthority authority) throws Exception {
        KeyPair keys = TestAuthority.keys("EC");
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sslContext(GrpcSslContexts.configure(
                                SslContextBuilder.forServer(
                                        keys.getPrivate(),
                                        authority
                                                .leaf()
                                                .dns("localhost")
                                                .chain(keys.getPublic())
                                                .toArray(new X509Certificate[0])),
                                SslProvider.JDK)
                        .clientAuth(ClientAuth.OPTIONAL)
                        .trustManager(root.certificate)
                        .build())
                .permitKeepAliveTime(20, TimeUnit.SECONDS)
                .addService(ServerInterceptors.intercept(new Ads(), new Door()))
                .build()
                .start();
    }

    /** Lets in who shows a certificate, or a token. */
    private final class Door implements ServerInterceptor {
        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            String bearer = headers.get(AUTHORIZATION);
            List<String> names = names(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
            streams.add(names + " " + bearer);
            if (!certificatesAreSeen && bearer == null) {
                call.close(Status.UNAUTHENTICATED.withDescription("who are you?"), new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }

        private static List<String> names(SSLSession session) {
            try {
                return ((X509Certificate) session.getPeerCertificates()[0])
                        .getSubjectAlternativeNames().stream()
                                .map(name -> (String) name.get(1))
                                .toList();
            } catch (SSLPeerUnverifiedException e) {
                return List.of();
            } catch (java.security.cert.CertificateParsingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Answers every first request with nothing. */
    private static final class Ads extends AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase {
        @Override
        public StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
                StreamObserver<DeltaDiscoveryResponse> responses) {
            return new Answering<>(request -> {
                if (request.getResponseNonce().isEmpty()) {
                    responses.onNext(DeltaDiscoveryResponse.newBuilder()
                            .setTypeUrl(request.getTypeUrl())
                            .setNonce("n")
                            .build());
                }
            });
        }

        @Override
        public StreamObserver<DiscoveryRequest> streamAggregatedResources(StreamObserver<DiscoveryResponse> responses) {
            return new Answering<>(request -> {
                if (request.getResponseNonce().isEmpty()) {
                    responses.onNext(DiscoveryResponse.newBuilder()
                            .setTypeUrl(request.getTypeUrl())
                            .setNonce("n")
                            .setVersionInfo("1")
                            .build());
                }
            });
        }
    }

    private record Answering<T>(java.util.function.Consumer<T> to) implements StreamObserver<T> {
        @Override
        public void onNext(T request) {
            to.accept(request);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    }
}
