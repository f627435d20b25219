package dev.weft.control.secure;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.TestClient;
import dev.weft.control.TlsOptions;
import dev.weft.control.access.OperatorToken;
import dev.weft.control.access.SkewedClock;
import dev.weft.control.ads.HandmadeSource;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ca.CertificateAuthority;
import dev.weft.control.ca.Requests;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.store.ConfigStore;
import dev.weft.identity.Pem;
import dev.weft.identity.SpiffeId;
import dev.weft.identity.Svid;
import dev.weft.proto.istio.v1.auth.IstioCertificateRequest;
import dev.weft.proto.istio.v1.auth.IstioCertificateResponse;
import dev.weft.proto.istio.v1.auth.IstioCertificateServiceGrpc;
import dev.weft.proto.istio.v1.auth.IstioCertificateServiceGrpc.IstioCertificateServiceBlockingStub;
import dev.weft.runtime.World;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A control plane with both ports and handmade resources, and plain gRPC clients for it. */
final class SecurePlane implements AutoCloseable {
    static final SpiffeId REVIEWS = SpiffeId.of("cluster.local", "default", "reviews");
    static final SpiffeId RATINGS = SpiffeId.of("cluster.local", "default", "ratings");

    final SkewedClock clock = new SkewedClock();
    private final SkewedTimer timer = new SkewedTimer(clock);
    final HandmadeSource source = new HandmadeSource();
    final Path directory;
    final ControlPlane plane;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final Map<List<@Nullable Object>, SslContext> contexts = new HashMap<>();

    SecurePlane(Path directory, UnaryOperator<TlsOptions> change, MeshConfig mesh) throws Exception {
        this.directory = directory;
        source.put(ResourceType.ROUTE, HandmadeSource.routes("reviews:9080", "1"))
                .publish();
        TlsOptions tls = change.apply(TlsOptions.DEFAULT
                .withPort(0)
                .withLocalToken(directory.resolve("home/token"))
                .withOperatorToken(directory.resolve("home/operator")));
        this.plane = ControlPlane.start(
                ControlPlaneOptions.of(Path.of("unused"))
                        .withPort(0)
                        .withData(directory.resolve("data"))
                        .withWorld(new World(clock, timer, World.system().randomness()))
                        .withTls(tls),
                ConfigStore.of(IstioConfig.EMPTY, mesh),
                (store, registry) -> source);
    }

    SecurePlane(Path directory) throws Exception {
        this(directory, options -> options, MeshConfig.DEFAULT);
    }

    CertificateAuthority authority() {
        return Objects.requireNonNull(plane.authority());
    }

    int tlsPort() {
        String target = Objects.requireNonNull(plane.tlsTarget());
        return Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
    }

    JsonObject localToken() throws Exception {
        return JsonParser.parseString(Files.readString(directory.resolve("home/token")))
                .getAsJsonObject();
    }

    OperatorToken operatorToken() throws Exception {
        return Objects.requireNonNull(OperatorToken.decode(
                Files.readString(directory.resolve("home/operator")).strip()));
    }

    /** The bearer that a service of this machine sends. */
    String localBearer(String secret, String identity) {
        JsonObject json = new JsonObject();
        json.addProperty("secret", secret);
        json.addProperty("identity", identity);
        return "weft-local1."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A certificate, had by the local token. */
    Svid certify(SpiffeId identity) throws Exception {
        KeyPair keys = keys();
        IstioCertificateResponse response = ca(
                        null, localBearer(localToken().get("secret").getAsString(), identity.toString()))
                .createCertificate(request(keys));
        return Svid.of(chain(response), keys.getPrivate());
    }

    IstioCertificateServiceBlockingStub ca(@Nullable Svid shown, @Nullable String bearer) throws Exception {
        return IstioCertificateServiceGrpc.newBlockingStub(channel(shown, bearer))
                .withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    /** A connection of its own, which trusts the roots of this moment. */
    Channel channel(@Nullable Svid shown, @Nullable String bearer) throws Exception {
        ManagedChannel channel = managed(shown);
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("clusterid", Metadata.ASCII_STRING_MARSHALLER), "Kubernetes");
        if (bearer != null) {
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + bearer);
        }
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    ManagedChannel managed(@Nullable Svid shown) throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", tlsPort())
                .overrideAuthority("localhost")
                .sslContext(tls(shown))
                .build();
        channels.add(channel);
        return channel;
    }

    /** One for all channels that show the same: what costs most is the key store that is made for it. */
    private SslContext tls(@Nullable Svid shown) throws Exception {
        List<X509Certificate> roots = authority().trustBundle();
        List<@Nullable Object> key = Arrays.asList(shown, roots);
        SslContext made = contexts.get(key);
        if (made == null) {
            SslContextBuilder builder =
                    SslContextBuilder.forClient().trustManager(roots.toArray(new X509Certificate[0]));
            if (shown != null) {
                builder.keyManager(shown.key(), shown.chain().toArray(new X509Certificate[0]));
            }
            made = GrpcSslContexts.configure(builder).build();
            contexts.put(key, made);
        }
        return made;
    }

    static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    /** As istio-agent asks: 24 hours, and a name of its own in the request. */
    static IstioCertificateRequest request(KeyPair keys) throws Exception {
        return IstioCertificateRequest.newBuilder()
                .setCsr(Requests.csr(keys, "spiffe://cluster.local/ns/default/sa/somebody"))
                .setValidityDuration(86_400)
                .build();
    }

    static List<X509Certificate> chain(IstioCertificateResponse response) {
        List<X509Certificate> chain = new ArrayList<>();
        for (String element : response.getCertChainList().subList(0, response.getCertChainCount() - 1)) {
            chain.addAll(Pem.certificates(element, "response"));
        }
        return chain;
    }

    /** Time passes at once, and what comes due in it is done. */
    void passUntil(Instant then) {
        long now = clock.epochMillis();
        clock.advance(Duration.between(Instant.ofEpochMilli(now), then));
        timer.runDue(now, then.toEpochMilli());
    }

    /** Waits until what was refused last is described by all these words; its client may hear of it before it is written down. */
    void refused(String... words) {
        TestClient.until(() -> {
            List<String> refusals = refusals();
            String last = refusals.isEmpty() ? "" : refusals.get(refusals.size() - 1);
            return Stream.of(words).allMatch(last::contains);
        });
    }

    /** Waits until so many have been refused. */
    void refused(int count) {
        TestClient.until(() -> refusals().size() == count);
    }

    List<JsonObject> audit() {
        Path file = directory.resolve("data/ca/audit.jsonl");
        try {
            return !Files.exists(file)
                    ? List.of()
                    : Files.readAllLines(file).stream()
                            .map(line -> JsonParser.parseString(line).getAsJsonObject())
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> refusals() {
        return audit().stream()
                .filter(line -> line.get("outcome").getAsString().equals("refused"))
                .map(line -> line.get("reason").getAsString() + ": "
                        + line.get("detail").getAsString())
                .toList();
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        plane.close();
    }
}
