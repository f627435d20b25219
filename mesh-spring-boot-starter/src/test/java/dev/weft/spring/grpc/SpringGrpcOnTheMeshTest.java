package dev.weft.spring.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.MeshState;
import dev.weft.config.TlsMode;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.MutualTls;
import dev.weft.spring.grpc.EchoGrpc.EchoBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.client.NettyGrpcChannelFactory;
import org.springframework.grpc.client.ShadedNettyGrpcChannelFactory;
import org.springframework.grpc.server.GrpcServerFactory;
import org.springframework.grpc.server.NettyGrpcServerFactory;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

/** Boot's gRPC server and channels, of which no line knows the mesh. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SpringGrpcOnTheMeshTest {
    private static ConfigurableApplicationContext context;
    private static Mesh mesh;
    private static int port;

    @BeforeAll
    static void start() {
        context = new SpringApplicationBuilder(Echo.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(Echo.SETTINGS)
                .properties(
                        "spring.grpc.client.channel.named.target=mesh:///reviews:9080",
                        "mesh.clients.named.timeout=50ms")
                .run();
        mesh = context.getBean(Mesh.class);
        port = context.getBean(GrpcServerLifecycle.class).getPort();
    }

    @AfterAll
    static void end() {
        context.close();
    }

    @BeforeEach
    void open() {
        Echo.CONFIGURATION.set(Echo.snapshot(TlsMode.STRICT, Echo.address(port)));
    }

    @Test
    @Order(1)
    void theRandomPortIsTheDeclaredOneAndTheApplicationIsReady() {
        assertThat(mesh.servicePort(port)).isEqualTo(9080);
        assertThat(mesh.health().reason()).isEmpty();
    }

    /** Boot would take the shaded one, which Weft brings. */
    @Test
    @Order(1)
    void theTransportIsTheOneThatTheApplicationHasWithoutWeft() {
        assertThat(context.getBean(GrpcServerFactory.class)).isExactlyInstanceOf(NettyGrpcServerFactory.class);
        assertThat(context.getBeansOfType(NettyGrpcChannelFactory.class)).hasSize(1);
        assertThat(context.getBeansOfType(ShadedNettyGrpcChannelFactory.class)).isEmpty();
    }

    @Test
    @Order(2)
    void anImportedStubCallsANameOfTheMeshByItsCertificate() {
        assertThat(context.getBean(EchoBlockingStub.class).say("hello")).isEqualTo("hello from " + MutualTls.REVIEWS);
    }

    @Test
    @Order(2)
    void aChannelByTargetIsOnTheMeshAndItsTimeoutIsWhatTheSettingSays() {
        EchoBlockingStub named = EchoGrpc.newBlockingStub(channel("named"));

        assertThatThrownBy(() -> named.say("later"))
                .hasMessageContaining("DEADLINE_EXCEEDED")
                .hasMessageContaining("route to-reviews")
                .hasMessageContaining("mesh.clients.named");
    }

    @Test
    @Order(2)
    void aChannelToWhatTheMeshDoesNotKnowIsLeftAsItIs() {
        EchoBlockingStub stranger = EchoGrpc.newBlockingStub(channel("static://127.0.0.1:" + port));

        assertThat(refused(stranger, "hello")).isEqualTo(Status.Code.UNAVAILABLE);
        Echo.CONFIGURATION.set(Echo.snapshot(TlsMode.PERMISSIVE, Echo.address(port)));
        assertThat(EchoGrpc.newBlockingStub(channel("static://127.0.0.1:" + port))
                        .say("hello"))
                .isEqualTo("hello from anonymous");
    }

    @Test
    @Order(2)
    void policyByMethodIsEnforced() {
        Echo.CONFIGURATION.set(Echo.snapshot(TlsMode.STRICT, List.of(Echo.denySay()), Echo.address(port)));

        assertThat(refused(context.getBean(EchoBlockingStub.class), "hello")).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(health()).isEqualTo(ServingStatus.SERVING);
    }

    @Test
    @Order(3)
    void whenItClosesTheMeshIsLeftAndCallsEndBeforeTheServerRefusesAny() throws Exception {
        EchoBlockingStub stub = context.getBean(EchoBlockingStub.class);
        CompletableFuture<String> inFlight = new CompletableFuture<>();
        ClientCalls.asyncUnaryCall(
                stub.getChannel().newCall(EchoGrpc.SAY, stub.getCallOptions()), "later", new Completing<>(inFlight));
        Eventually.is("in flight", () -> mesh.inbound().active() > 0);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
        Eventually.is("draining", () -> mesh.state() == MeshState.DRAINING);

        assertThat(stub.say("still")).isEqualTo("still from " + MutualTls.REVIEWS);
        assertThat(health()).isEqualTo(ServingStatus.NOT_SERVING);
        Echo.LATER.get().complete(null);
        assertThat(inFlight.get(30, TimeUnit.SECONDS)).startsWith("later from ");
        closed.get(30, TimeUnit.SECONDS);
        assertThat(mesh.state()).isEqualTo(MeshState.CLOSED);
    }

    private static ManagedChannel channel(String target) {
        return context.getBean(GrpcChannelFactory.class).createChannel(target);
    }

    private static ServingStatus health() {
        EchoBlockingStub stub = context.getBean(EchoBlockingStub.class);
        return HealthGrpc.newBlockingStub(stub.getChannel())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    private static Status.Code refused(EchoBlockingStub stub, String text) {
        try {
            stub.say(text);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }
}
