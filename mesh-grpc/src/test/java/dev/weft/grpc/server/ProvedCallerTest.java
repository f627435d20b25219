package dev.weft.grpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.InboundStage;
import dev.weft.config.JwtProvider;
import dev.weft.config.JwtRequirement;
import dev.weft.config.JwtStage;
import dev.weft.config.PathMatch;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.config.TlsMode;
import dev.weft.grpc.MeshGrpc;
import dev.weft.http.guard.Rules;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.MutualTls;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.MeshKeys;
import dev.weft.identity.MeshTrust;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who calls, by certificate and by token. */
final class ProvedCallerTest {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final MutualTls TLS = mutualTls();

    private final StaticSource rules = SnapshotSource.of(Rules.snapshot(TlsMode.STRICT));
    private final Mesh mesh = Mesh.builder()
            .service("reviews")
            .ignoreEnvironment()
            .trust(Trust.of(TLS.reviews))
            .snapshots(rules)
            .start();
    private volatile Metadata seen = new Metadata();
    private @Nullable Server server;
    private @Nullable ManagedChannel channel;

    private static MutualTls mutualTls() {
        try {
            return new MutualTls();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void end() {
        if (channel != null) {
            channel.shutdownNow();
        }
        if (server != null) {
            server.shutdownNow();
        }
        mesh.close();
    }

    private String call(ServerBuilder<?> builder, ChannelCredentials credentials, Metadata headers) throws Exception {
        if (server == null) {
            server = builder.addService(ServerServiceDefinition.builder("test.Public")
                            .addMethod(Texts.UNARY, ServerCalls.asyncUnaryCall((request, answer) -> {
                                answer.onNext(MeshGrpc.CALLER.get().getName() + " "
                                        + MeshGrpc.CALLER.get().claim("group"));
                                answer.onCompleted();
                            }))
                            .build())
                    .intercept(new io.grpc.ServerInterceptor() {
                        @Override
                        public <A, B> io.grpc.ServerCall.Listener<A> interceptCall(
                                io.grpc.ServerCall<A, B> call, Metadata head, io.grpc.ServerCallHandler<A, B> next) {
                            seen = head;
                            return next.startCall(call, head);
                        }
                    })
                    .build()
                    .start();
        }
        ManagedChannel opened = Grpc.newChannelBuilder("127.0.0.1:" + server.getPort(), credentials)
                .overrideAuthority("reviews.example")
                .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
                .build();
        channel = opened;
        try {
            return ClientCalls.blockingUnaryCall(opened, Texts.UNARY, CallOptions.DEFAULT, "x");
        } finally {
            opened.shutdownNow();
        }
    }

    private static ChannelCredentials with(IdentitySource identity) {
        return TlsChannelCredentials.newBuilder()
                .keyManager(MeshKeys.of(identity))
                .trustManager(MeshTrust.forPeers(identity, AllowedPeers.any()))
                .build();
    }

    private static Status.Code refused(Call call) throws Exception {
        try {
            call.make();
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private interface Call {
        void make() throws Exception;
    }

    static Stream<ServerBuilder<?>> builders() {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return Stream.of(
                NettyServerBuilder.forAddress(any),
                io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder.forAddress(any));
    }

    @ParameterizedTest
    @MethodSource("builders")
    void itIsTheOneOfTheCertificateOnAPortThatTakesBoth(ServerBuilder<?> given) throws Exception {
        ServerBuilder<?> builder = mesh.guard(given);

        assertThat(call(builder, with(TLS.productpage), new Metadata())).isEqualTo(MutualTls.PRODUCTPAGE + " null");
        assertThat(refused(() -> call(builder, InsecureChannelCredentials.create(), new Metadata())))
                .isEqualTo(Status.Code.UNAVAILABLE);
        rules.set(Rules.snapshot(TlsMode.PERMISSIVE));
        assertThat(call(builder, InsecureChannelCredentials.create(), new Metadata()))
                .isEqualTo("anonymous null");
    }

    @Test
    void aPortIsGivenBackWhenItsServerIsOver() throws Exception {
        rules.set(Rules.snapshot(TlsMode.PERMISSIVE));
        try (Mesh declared = Mesh.builder()
                .service("reviews")
                .port("grpc", 9090)
                .ignoreEnvironment()
                .trust(Trust.of(TLS.reviews))
                .snapshots(rules)
                .start()) {
            ServerBuilder<?> other = declared.guard(
                    NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
            assertThat(call(other, InsecureChannelCredentials.create(), new Metadata()))
                    .isEqualTo("anonymous null");
            int port = Objects.requireNonNull(server).getPort();
            assertThat(declared.servicePort(port)).isEqualTo(9090);
            server.shutdown();
            Eventually.is("given back", () -> declared.servicePort(port) == port);
        }
    }

    @Test
    void itIsTheOneOfTheCertificateWhereTheTransportDoesTheTls() throws Exception {
        ServerBuilder<?> builder = MeshServer.builder(mesh, 0);

        assertThat(call(builder, with(TLS.productpage), new Metadata())).isEqualTo(MutualTls.PRODUCTPAGE + " null");
        IdentitySource stranger = new MutualTls().productpage;
        assertThat(refused(() -> call(builder, with(stranger), new Metadata()))).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aTokenSpeaksForTheCallerAndItsClaimsReachHandlers() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
        rules.set(Rules.snapshot(TlsMode.STRICT, tokens(new JWKSet(key.toPublicJWK()).toString())));
        ServerBuilder<?> builder =
                mesh.guard(NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));

        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token(key));
        headers.put(Metadata.Key.of("x-group", Metadata.ASCII_STRING_MARSHALLER), "forged");
        assertThat(call(builder, with(TLS.productpage), headers)).isEqualTo(MutualTls.PRODUCTPAGE + " readers");
        assertThat(seen.getAll(Metadata.Key.of("x-group", Metadata.ASCII_STRING_MARSHALLER)))
                .containsExactly("readers");
        assertThat(seen.get(AUTHORIZATION)).isNull();
        assertThat(refused(() -> call(builder, with(TLS.productpage), new Metadata())))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    private static String token(ECKey key) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build(),
                new JWTClaimsSet.Builder()
                        .issuer("issuer")
                        .subject("ann")
                        .claim("group", "readers")
                        .expirationTime(new Date(System.currentTimeMillis() + 60_000))
                        .build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private static InboundStage tokens(String keys) {
        JwtProvider provider = new JwtProvider(
                "issuer",
                List.of(),
                null,
                null,
                Duration.ofSeconds(60),
                new JwtProvider.Keys.Inline(keys),
                List.of(new JwtProvider.Location.Header("authorization", "Bearer ")),
                false,
                "",
                false,
                List.of(new JwtProvider.ClaimHeader("x-group", "group")),
                "",
                "",
                "",
                List.of(),
                JwtProvider.Cache.DEFAULT);
        return new JwtStage(
                Map.of("p", provider),
                List.of(new JwtStage.Rule(
                        new PathMatch.Prefix("/", true), new JwtRequirement.Provider("p", List.of()))),
                false,
                false);
    }
}
