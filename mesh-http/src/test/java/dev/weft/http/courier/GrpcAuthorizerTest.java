package dev.weft.http.courier;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.BoolValue;
import com.google.rpc.Status;
import dev.weft.config.Cluster;
import dev.weft.config.ExternalAuthorizationStage.Service;
import dev.weft.http.guard.RawClient;
import dev.weft.proto.envoy.config.core.v3.HeaderValue;
import dev.weft.proto.envoy.config.core.v3.HeaderValueOption;
import dev.weft.proto.envoy.config.core.v3.QueryParameter;
import dev.weft.proto.envoy.service.auth.v3.AttributeContext;
import dev.weft.proto.envoy.service.auth.v3.AuthorizationGrpc;
import dev.weft.proto.envoy.service.auth.v3.CheckRequest;
import dev.weft.proto.envoy.service.auth.v3.CheckResponse;
import dev.weft.proto.envoy.service.auth.v3.DeniedHttpResponse;
import dev.weft.proto.envoy.service.auth.v3.OkHttpResponse;
import dev.weft.proto.envoy.type.v3.HttpStatus;
import dev.weft.proto.envoy.type.v3.StatusCode;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CUSTOM with a grpc-java authorizer, through the mesh, in front of a real guarded server. */
final class GrpcAuthorizerTest {
    private final ConcurrentLinkedQueue<CheckRequest> asked = new ConcurrentLinkedQueue<>();
    private Server authorizer;

    @BeforeEach
    void start() throws IOException {
        authorizer = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new AuthorizationGrpc.AuthorizationImplBase() {
                    @Override
                    public void check(CheckRequest request, StreamObserver<CheckResponse> observer) {
                        asked.add(request);
                        answer(request.getAttributes().getRequest().getHttp().getPath(), observer);
                    }
                })
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        authorizer.shutdownNow();
    }

    private static void answer(String path, StreamObserver<CheckResponse> observer) {
        if (path.startsWith("/admin/silence")) {
            return;
        }
        if (path.startsWith("/admin/broken")) {
            observer.onError(io.grpc.Status.INTERNAL.asRuntimeException());
            return;
        }
        CheckResponse.Builder response = CheckResponse.newBuilder();
        if (path.startsWith("/admin/no")) {
            response.setStatus(Status.newBuilder().setCode(7));
            if (path.endsWith("worded")) {
                response.setDeniedResponse(DeniedHttpResponse.newBuilder()
                        .setStatus(HttpStatus.newBuilder().setCode(StatusCode.Unauthorized))
                        .addHeaders(field("www-authenticate", "Basic"))
                        .setBody("who are you"));
            }
        } else if (path.startsWith("/admin/smuggle")) {
            response.setOkResponse(OkHttpResponse.newBuilder().addHeaders(field("x-user", "a\r\nx-role: admin")));
        } else {
            response.setOkResponse(OkHttpResponse.newBuilder()
                    .addHeaders(field("X-User", "alice"))
                    .addHeaders(field("x-user", "staff").toBuilder().setAppend(BoolValue.of(true)))
                    .addHeaders(field("host", "elsewhere"))
                    .addHeaders(field(":path", "/root"))
                    .addHeadersToRemove("X-Secret")
                    .addResponseHeadersToAdd(field("x-told", "client"))
                    .addQueryParametersToSet(
                            QueryParameter.newBuilder().setKey("tenant").setValue("a b"))
                    .addQueryParametersToRemove("token"));
        }
        observer.onNext(response.build());
        observer.onCompleted();
    }

    private static HeaderValueOption field(String name, String value) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
                .build();
    }

    private Workload workload(Duration timeout, Cluster.Protocol protocol) throws IOException {
        return new Workload(CustomPolicies.snapshot(
                CustomPolicies.asking(new Service.Grpc("authz.default", Map.of("x-mesh", "1")), timeout, false, null),
                (InetSocketAddress) authorizer.getListenSockets().get(0),
                protocol));
    }

    @Test
    void aYesLetsTheRequestInWithWhatTheAuthorizerSays() throws Exception {
        try (Workload workload = workload(Duration.ofSeconds(10), Cluster.Protocol.HTTP2)) {
            RawClient.Answer answer = workload.get(
                    "/admin/yes?a=1&token=t", "x-user: mallory\r\nx-secret: s\r\nx-kind: a\r\nx-kind: b\r\n");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body())
                    .isEqualTo("/admin/yes?a=1&tenant=a%20b user=[alice, staff] secret=null failed=null");
            assertThat(answer.head().toLowerCase(Locale.ROOT)).contains("x-told: client");
            AttributeContext told = asked.remove().getAttributes();
            AttributeContext.HttpRequest http = told.getRequest().getHttp();
            assertThat(http.getMethod()).isEqualTo("GET");
            assertThat(http.getPath()).isEqualTo("/admin/yes?a=1&token=t");
            assertThat(http.getHost()).isEqualTo("reviews");
            assertThat(http.getHeadersMap())
                    .containsEntry(":path", "/admin/yes?a=1&token=t")
                    .containsEntry("x-user", "mallory")
                    .containsEntry("x-kind", "a,b")
                    .doesNotContainKey("x-secret");
            assertThat(told.getSource().getAddress().getSocketAddress().getAddress())
                    .isEqualTo("127.0.0.1");
            assertThat(told.getRequest().getTime().getSeconds()).isPositive();
        }
    }

    @Test
    void aNoIs403OrWhatTheAuthorizerMakesOfIt() throws Exception {
        try (Workload workload = workload(Duration.ofSeconds(10), Cluster.Protocol.HTTP2)) {
            assertThat(workload.get("/admin/no", "").status()).isEqualTo(403);
            RawClient.Answer worded = workload.get("/admin/no-worded", "");
            assertThat(worded.status()).isEqualTo(401);
            assertThat(worded.body()).isEqualTo("who are you");
            assertThat(worded.head().toLowerCase(Locale.ROOT)).contains("www-authenticate: basic");
            assertThat(workload.served).isEmpty();
        }
    }

    @Test
    void withoutAnAnswerNobodyGetsIn() throws Exception {
        try (Workload workload = workload(Duration.ofMillis(500), Cluster.Protocol.HTTP2)) {
            // The first call opens the connection, which may take longer than a test should wait for.
            assertThat(workload.get("/admin/silence", "").status()).isEqualTo(503);
            assertThat(workload.get("/admin/broken", "").status()).isEqualTo(503);
            authorizer.shutdownNow().awaitTermination();
            assertThat(workload.get("/admin/yes", "").status()).isEqualTo(503);
            assertThat(workload.served).isEmpty();
        }
    }

    @Test
    void anAnswerThatWouldBreakTheHeadIsNoYes() throws Exception {
        try (Workload workload = workload(Duration.ofSeconds(10), Cluster.Protocol.HTTP2)) {
            assertThat(workload.get("/admin/smuggle", "").status()).isEqualTo(503);
            assertThat(workload.served).isEmpty();
        }
    }

    @Test
    void aPortThatIsNotSpokenToInHttp2GivesNoAnswer() throws Exception {
        try (Workload workload = workload(Duration.ofSeconds(2), Cluster.Protocol.HTTP1)) {
            assertThat(workload.get("/admin/yes", "").status()).isEqualTo(503);
            assertThat(workload.served).isEmpty();
        }
    }
}
