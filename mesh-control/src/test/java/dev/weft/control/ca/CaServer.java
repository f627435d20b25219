package dev.weft.control.ca;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.control.access.AuditLog;
import dev.weft.control.access.Authenticators;
import dev.weft.control.access.CertificateAuthenticator;
import dev.weft.control.access.JoinTokenAuthenticator;
import dev.weft.control.access.JoinTokens;
import dev.weft.control.access.JwtAuthenticator;
import dev.weft.control.access.JwtIssuer;
import dev.weft.control.access.MovableClock;
import dev.weft.control.access.RateLimit;
import dev.weft.control.access.Refusals;
import dev.weft.control.endpoint.GrpcEndpoint;
import dev.weft.control.endpoint.TlsServer;
import dev.weft.identity.Pem;
import dev.weft.identity.SpiffeId;
import dev.weft.proto.istio.v1.auth.IstioCertificateRequest;
import dev.weft.proto.istio.v1.auth.IstioCertificateResponse;
import dev.weft.proto.istio.v1.auth.IstioCertificateServiceGrpc;
import dev.weft.runtime.World;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A certificate authority on a TLS port of loopback, and plain gRPC clients in the shape of Istio's agent. */
final class CaServer implements AutoCloseable {
    final MovableClock clock;
    final CertificateAuthority authority;
    final JoinTokens tokens;
    private final Path auditFile;
    private final ServerIdentity identity;
    private final TlsServer tls;
    private final GrpcEndpoint server;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private IstioCertificateServiceGrpc.IstioCertificateServiceBlockingStub shared;

    CaServer(Path directory, MovableClock clock, RateLimit perIdentity, JwtIssuer... issuers) throws Exception {
        this.clock = clock;
        this.authority = CertificateAuthority.open(directory.resolve("ca"), CaOptions.of("cluster.local"), clock);
        this.tokens = JoinTokens.open(directory.resolve("tokens"), clock);
        this.auditFile = directory.resolve("audit.jsonl");
        AuditLog audit = new AuditLog(auditFile, clock);
        Refusals refusals = new Refusals(audit);
        World world = new World(clock, World.system().timer(), World.system().randomness());
        this.identity = ServerIdentity.start(
                authority,
                SpiffeId.of("cluster.local", "istio-system", "mesh-control"),
                List.of("localhost"),
                List.of(),
                world);
        CertificateService service = new CertificateService(
                authority,
                new Authenticators(
                        "a join token, a JWT or a client certificate",
                        List.of(
                                new JoinTokenAuthenticator(tokens),
                                new JwtAuthenticator("cluster.local", List.of(issuers), clock),
                                new CertificateAuthenticator(identity::bundle, clock))),
                audit,
                new RateLimit(50, Duration.ofSeconds(1), clock),
                perIdentity);
        this.tls = new TlsServer(identity, refusals, world);
        this.server = GrpcEndpoint.tls("127.0.0.1", 0, tls);
        server.start(List.of(service.bindService()));
    }

    CaServer(Path directory, JwtIssuer... issuers) throws Exception {
        this(directory, new MovableClock(), issuers);
    }

    CaServer(Path directory, MovableClock clock, JwtIssuer... issuers) throws Exception {
        this(directory, clock, new RateLimit(50, Duration.ofSeconds(1), clock), issuers);
    }

    String token(SpiffeId identity) throws Exception {
        return tokens.create(identity, authority.rootPin(), Duration.ofMinutes(10))
                .encoded();
    }

    IstioCertificateServiceGrpc.IstioCertificateServiceBlockingStub client(String bearer) throws Exception {
        return withBearer(connect(trusting()), bearer);
    }

    IstioCertificateServiceGrpc.IstioCertificateServiceBlockingStub client(PrivateKey key, List<X509Certificate> chain)
            throws Exception {
        return connect(trusting().keyManager(key, chain.toArray(new X509Certificate[0])));
    }

    /** As {@link #client(String)}, over one connection for all. */
    IstioCertificateServiceGrpc.IstioCertificateServiceBlockingStub shared(String bearer) throws Exception {
        if (shared == null) {
            shared = connect(trusting());
        }
        return withBearer(shared, bearer).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    static IstioCertificateServiceGrpc.IstioCertificateServiceBlockingStub withBearer(
            IstioCertificateServiceGrpc.IstioCertificateServiceBlockingStub stub, String bearer) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + bearer);
        headers.put(Metadata.Key.of("clusterid", Metadata.ASCII_STRING_MARSHALLER), "Kubernetes");
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private SslContextBuilder trusting() {
        return SslContextBuilder.forClient()
                .trustManager(authority.trustBundle().toArray(new X509Certificate[0]));
    }

    private IstioCertificateServiceGrpc.IstioCertificateServiceBlockingStub connect(SslContextBuilder tls)
            throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .overrideAuthority("localhost")
                .sslContext(GrpcSslContexts.configure(tls).build())
                .build();
        channels.add(channel);
        return IstioCertificateServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    static IstioCertificateRequest request(String csr) {
        return IstioCertificateRequest.newBuilder()
                .setCsr(csr)
                .setValidityDuration(Duration.ofHours(24).toSeconds())
                .build();
    }

    /** Leaf and intermediates, without the last element's roots. */
    static List<X509Certificate> chain(IstioCertificateResponse response) throws Exception {
        List<X509Certificate> chain = new ArrayList<>();
        for (String element : response.getCertChainList().subList(0, response.getCertChainCount() - 1)) {
            chain.addAll(Pem.certificates(element, "response"));
        }
        return chain;
    }

    static List<X509Certificate> roots(IstioCertificateResponse response) throws Exception {
        return Pem.certificates(response.getCertChain(response.getCertChainCount() - 1), "response");
    }

    List<JsonObject> audit() throws Exception {
        return Files.readAllLines(auditFile).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    int auditLines() throws Exception {
        return Files.exists(auditFile) ? audit().size() : 0;
    }

    /** The newest of more lines than these: a client hears of a failed handshake before the log does. */
    JsonObject auditAfter(int lines) throws Exception {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (auditLines() <= lines && System.nanoTime() < patience) {
            LockSupport.parkNanos(1_000_000);
        }
        return lastAudit();
    }

    JsonObject lastAudit() throws Exception {
        List<JsonObject> lines = audit();
        return lines.get(lines.size() - 1);
    }

    @Override
    public void close() throws Exception {
        channels.forEach(ManagedChannel::shutdownNow);
        server.close();
        tls.close();
        identity.close();
        authority.close();
    }
}
