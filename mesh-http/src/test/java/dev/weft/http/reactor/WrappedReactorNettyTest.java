package dev.weft.http.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.config.RetryOn;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.RecordingObserver;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import dev.weft.request.Deadline;
import dev.weft.request.Hints;
import dev.weft.request.Inbound;
import dev.weft.request.LocalReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** What of Reactor Netty's client keeps working for hosts of the mesh. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WrappedReactorNettyTest {
    private final RecordingObserver observer = new RecordingObserver();
    private final TestServer server = TestServer.start("v1", false);
    private final Mesh mesh = Mesh.builder()
            .service("test")
            .ignoreEnvironment()
            .observer(observer)
            .snapshots(SnapshotSource.of(
                    Snapshots.reviews().retry(2, null, RetryOn.SERVER_ERROR).at(server.address())))
            .start();
    private final HttpClient client = mesh.wrap(HttpClient.create()).baseUrl("http://reviews:9080");

    @AfterEach
    void close() {
        mesh.close();
        server.close();
    }

    private static String text(HttpClient.ResponseReceiver<?> response) {
        return response.responseSingle((head, body) -> body.asString()).block();
    }

    @Test
    void whatIsSetAfterWrappingIsKept() {
        List<String> told = new CopyOnWriteArrayList<>();
        HttpClient mine = client.doOnRequest((request, connection) -> told.add("request " + request.resourceUrl()))
                .doOnResponse((response, connection) ->
                        told.add("response " + response.status().code()))
                .headers(headers -> headers.set("end-user", "jason"));
        String echo = text(mine.get().uri("/echo"));

        assertThat(echo)
                .contains("end-user: jason\n")
                .contains("user-agent: ReactorNetty/")
                .contains("host: reviews:9080\n");
        assertThat(told).containsExactly("request http://reviews:9080/echo", "response 200");
        observer.awaitCalls(1);
    }

    @Test
    void aSingleBodyIsSentAgainAndAStreamIsNot() {
        assertThat(client.post()
                        .uri("/status/503")
                        .send(Mono.fromSupplier(() -> bytes("a")))
                        .response()
                        .block()
                        .status()
                        .code())
                .isEqualTo(503);
        assertThat(server.requests()).hasSize(3);
        Flux<ByteBuf> stream = Flux.just("a", "b").map(WrappedReactorNettyTest::bytes);
        assertThat(client.post()
                        .uri("/status/503")
                        .send(stream)
                        .response()
                        .block()
                        .status()
                        .code())
                .isEqualTo(503);
        assertThat(server.requests()).hasSize(4);
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    @Test
    void aFileIsSentWhole(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[1_000_000]);
        String counted = text(client.post().uri("/count").send((request, out) -> out.sendFile(file)));
        assertThat(counted).isEqualTo("1000000");
    }

    @Test
    void buffersAreGivenBack() {
        List<ByteBuf> made = new CopyOnWriteArrayList<>();
        Flux<ByteBuf> source = Flux.range(0, 300).map(i -> {
            ByteBuf buffer = bytes("x");
            made.add(buffer);
            return buffer;
        });
        assertThat(text(client.post().uri("/count").send(source))).isEqualTo("300");
        assertThat(made).hasSize(300);
        Eventually.is("given back", () -> made.stream().allMatch(buffer -> buffer.refCnt() == 0));
    }

    @Test
    void itsOwnResponseTimeoutIsThrownAndEndsTheAttempt() {
        assertThatThrownBy(() -> client.responseTimeout(Duration.ofMillis(50))
                        .get()
                        .uri("/never")
                        .response()
                        .block())
                .isInstanceOf(ReadTimeoutException.class);
        Eventually.is("attempt closed", () -> server.abandoned() == 1);
    }

    @Test
    void aResponseTimeoutDoesNotEndAnAnswerThatHasCome() {
        String text = text(client.responseTimeout(Duration.ofSeconds(20)).get().uri("/slow/50"));
        assertThat(text).isEqualTo("slow");
    }

    @Test
    void refusalsAreAnswers() {
        Mono<String> flags = client.get()
                .uri("/never")
                .responseSingle(
                        (head, body) -> Mono.justOrEmpty(head.responseHeaders().get(LocalReply.FLAGS_HEADER)));
        assertThat(flags.contextWrite(context -> context.put(Hints.KEY, Hints.within(Duration.ofMillis(50))))
                        .block())
                .isEqualTo("UT");
    }

    @Test
    void encryptionThatTheMeshDoesNotHaveIsRefused() {
        // It is the mesh that would encrypt; there is no TLS of the client's in it.
        assertThat(client.get()
                        .uri("https://reviews:9080/echo")
                        .response()
                        .block()
                        .status()
                        .code())
                .isEqualTo(503);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void anInboundDeadlineInTheContextBoundsCallsOnAnyThread() {
        Deadline deadline = Deadline.after(
                mesh.world().ticker().nanoTime(), Duration.ofSeconds(20).toNanos());
        String echo = Mono.delay(Duration.ofMillis(1))
                .publishOn(Schedulers.boundedElastic())
                .flatMap(tick -> client.get().uri("/echo").responseSingle((head, body) -> body.asString()))
                .contextWrite(context -> context.put(Inbound.class, new Inbound(deadline)))
                .block();
        assertThat(echo).containsPattern("x-mesh-timeout-ms: 1\\d{4}\n");
    }

    @Test
    void aCancelledSubscriptionEndsTheAttempt() {
        Disposable waiting = client.get().uri("/never").response().subscribe();
        Eventually.is("request arrived", () -> server.requests().size() == 1);
        waiting.dispose();
        Eventually.is("attempt closed", () -> server.abandoned() == 1);
    }

    @Test
    void wrappingTwiceGivesTheSameAndOtherProtocolsAreRefused() {
        HttpClient once = mesh.wrap(HttpClient.create());
        assertThat(mesh.wrap(once)).isSameAs(once);
        assertThatThrownBy(() -> mesh.wrap(HttpClient.create().protocol(HttpProtocol.H2C)))
                .hasMessageContaining("leave protocol() at HTTP11");
        assertThatThrownBy(() -> text(client.protocol(HttpProtocol.H2C, HttpProtocol.HTTP11)
                        .get()
                        .uri("/echo")))
                .hasStackTraceContaining("leave protocol() at HTTP11");
    }

    @Test
    void aConnectionProviderMayBeWrappedInstead() {
        ConnectionProvider mine = ConnectionProvider.create("mine", 2);
        HttpClient made = HttpClient.create(mesh.wrap(mine));
        assertThat(text(made.get().uri("http://reviews:9080/echo"))).contains("server: v1\n");
        String direct = "http://localhost:" + server.address().getPort() + "/echo";
        assertThat(text(made.get().uri(direct))).contains("host: localhost");
        observer.awaitCalls(1);
        mine.dispose();
    }
}
