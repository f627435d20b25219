package dev.weft.spring.declared.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.MeshException;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Snapshots;
import dev.weft.request.Hints;
import dev.weft.spring.EnableMeshClients;
import dev.weft.spring.MeshCall;
import dev.weft.spring.MeshClient;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.annotation.GetExchange;

/** What is refused at start, in which words. */
class GrpcChecksTest {
    private static List<String> problems(Class<?> configuration, String... properties) {
        return problems(GrpcChecksTest.class.getClassLoader(), configuration, properties);
    }

    private static List<String> problems(ClassLoader loader, Class<?> configuration, String... properties) {
        List<String> found = new ArrayList<>();
        GrpcApplications.over(SnapshotSource.of(Snapshots.reviews().at()))
                .withClassLoader(loader)
                .withUserConfiguration(configuration)
                .withPropertyValues(properties)
                .run(context -> {
                    Throwable failure = context.getStartupFailure();
                    while (failure != null && !(failure instanceof MeshException.Configuration)) {
                        failure = failure.getCause();
                    }
                    if (failure instanceof MeshException.Configuration refused) {
                        refused.problems()
                                .forEach(p -> found.add(p.setting() + " | " + p.found() + " | " + p.remedy()));
                    }
                });
        return found;
    }

    @MeshClient(service = "http://health:9090/v1", grpc = HealthGrpc.class, timeout = "500", fallback = String.class)
    interface Wrong {
        HealthCheckResponse check(String request);

        Iterator<String> watch(HealthCheckRequest request);

        HealthCheckResponse check(HealthCheckRequest request, Hints hints, Hints more);

        HealthCheckResponse inspect(HealthCheckRequest request);

        @MeshCall(timeout = "1s")
        default void nothing() {}
    }

    @MeshClient(service = "health:9090", grpc = HealthCheckRequest.class)
    interface OfAMessage {
        HealthCheckResponse check(HealthCheckRequest request);
    }

    @MeshClient(service = "health:9090", name = "empty", grpc = HealthGrpc.class)
    interface Empty {}

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = {Wrong.class, OfAMessage.class, Empty.class})
    static class AllWrong {}

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithWhatFits() {
        String hints = ", with a parameter Hints if need be: ";
        String checks = "CompletableFuture<HealthCheckResponse> check(HealthCheckRequest) or"
                + " ListenableFuture<HealthCheckResponse> check(HealthCheckRequest) or"
                + " void check(HealthCheckRequest, StreamObserver<HealthCheckResponse>) or"
                + " HealthCheckResponse check(HealthCheckRequest)" + hints + "grpc.health.v1.Health/Check is unary";
        assertThat(problems(AllWrong.class, "spring.grpc.client.channel.empty.user-agent=shop"))
                .containsExactlyInAnyOrder(
                        "@MeshClient Wrong | `http://health:9090/v1` | the service with its port, like reviews:9090 or"
                                + " reviews.prod:9090",
                        "@MeshClient Wrong timeout | `500` | a duration with its unit, like 500ms or 2s, or none",
                        "@MeshClient Wrong.check | `HealthCheckResponse check(String)` | " + checks,
                        "@MeshClient Wrong.watch | `Iterator<String> watch(HealthCheckRequest)` |"
                                + " Stream<HealthCheckResponse> watch(HealthCheckRequest) or"
                                + " Iterator<HealthCheckResponse> watch(HealthCheckRequest) or"
                                + " void watch(HealthCheckRequest, StreamObserver<HealthCheckResponse>)" + hints
                                + "grpc.health.v1.Health/Watch is server streaming",
                        "@MeshClient Wrong.check | `HealthCheckResponse check(HealthCheckRequest, Hints)` | " + checks,
                        "@MeshClient Wrong.inspect | `inspect` | a method of the service, out of [check, watch],"
                                + " or a default method",
                        "@MeshClient Wrong.nothing | `@MeshCall` | a method that is a request: this one sends none"
                                + " itself",
                        "@MeshClient Wrong fallback | `java.lang.String` | a class that implements Wrong or"
                                + " Function<Throwable, Wrong>",
                        "@MeshClient OfAMessage grpc | `" + HealthCheckRequest.class.getName()
                                + "` | the class that protoc made of the service, like ReviewsGrpc",
                        "@MeshClient Empty | `" + Empty.class.getName() + "` | methods out of [check, watch]",
                        "spring.grpc.client.channel.empty | `[user-agent]` | target: health:9090 as well");
    }

    @MeshClient("reviews")
    interface OverHttp {
        @GetExchange("/a")
        String a();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = OverHttp.class)
    static class Http {}

    @Test
    void anHttpInterfaceWithoutAnHttpClientIsRefused() {
        assertThat(problems(new FilteredClassLoader("org.springframework.web", "org.springframework.http"), Http.class))
                .containsExactly("@MeshClient OverHttp | an HTTP interface, and there is no HTTP client | add"
                        + " spring-boot-starter-restclient, or name a gRPC service: grpc = ...Grpc.class");
    }

    @MeshClient(service = "talker:9090", grpc = WordsGrpc.class)
    interface Streams {
        String chat(String text);

        StreamObserver<Object> join(StreamObserver<String> answer);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMeshClients(clients = Streams.class)
    static class WrongStreams {}

    @Test
    void streamsOfRequestsAreObserved() {
        assertThat(problems(WrongStreams.class))
                .containsExactlyInAnyOrder(
                        "@MeshClient Streams.chat | `String chat(String)` | StreamObserver<String>"
                                + " chat(StreamObserver<String>), with a parameter Hints if need be: test.Words/Chat is"
                                + " bidi streaming",
                        "@MeshClient Streams.join | `StreamObserver<Object> join(StreamObserver<String>)` |"
                                + " StreamObserver<String> join(StreamObserver<String>), with a parameter Hints if need"
                                + " be: test.Words/Join is client streaming");
    }
}
