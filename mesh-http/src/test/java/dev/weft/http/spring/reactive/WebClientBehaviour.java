package dev.weft.http.spring.reactive;

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
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What of the WebClient's own keeps working for hosts of the mesh. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class WebClientBehaviour {
    final RecordingObserver observer = new RecordingObserver();
    final TestServer server = TestServer.start("v1", false);
    final Mesh mesh = mesh(server.address());
    final WebClient client = mesh.wrap(WebClient.builder()
            .clientConnector(connector())
            .baseUrl("http://reviews:9080")
            .build());

    /** The application's own. */
    abstract ClientHttpConnector connector();

    private Mesh mesh(InetSocketAddress address) {
        return Mesh.builder()
                .service("test")
                .ignoreEnvironment()
                .observer(observer)
                .snapshots(SnapshotSource.of(
                        Snapshots.reviews().retry(2, null, RetryOn.SERVER_ERROR).at(address)))
                .start();
    }

    @AfterEach
    void close() {
        mesh.close();
        server.close();
    }

    @Test
    void refusalsAreAnswersAndItsOwnExceptionComesFromItsOwnRules() {
        assertThatThrownBy(() -> client.get()
                        .uri("/status/503")
                        .retrieve()
                        .toBodilessEntity()
                        .block())
                .isInstanceOf(WebClientResponseException.ServiceUnavailable.class);
        Mono<String> refused = client.get()
                .uri("/never")
                .attributes(Hints.within(Duration.ofMillis(50)))
                .exchangeToMono(
                        response -> Mono.just(response.headers().asHttpHeaders().getFirst(LocalReply.FLAGS_HEADER)));
        assertThat(refused.block()).isEqualTo("UT");
    }

    @Test
    void eachSubscriptionIsACallOfItsOwn() {
        AtomicInteger filtered = new AtomicInteger();
        ExchangeFilterFunction counts = (request, next) -> {
            filtered.incrementAndGet();
            return next.exchange(request);
        };
        Mono<String> call = client.mutate()
                .filter(counts)
                .build()
                .get()
                .uri("/echo")
                .retrieve()
                .bodyToMono(String.class);

        assertThat(server.requests()).isEmpty();
        assertThat(call.repeat(2).collectList().block()).hasSize(3);
        assertThat(server.requests()).hasSize(3);
        assertThat(filtered).hasValue(3);
        observer.awaitCalls(3);
    }

    @Test
    void aCancelledSubscriptionEndsTheAttemptBeforeAndAfterTheHead() {
        Disposable waiting =
                client.get().uri("/never").retrieve().toBodilessEntity().subscribe();
        Eventually.is("request arrived", () -> server.requests().size() == 1);
        waiting.dispose();
        Eventually.is("attempt closed", () -> server.abandoned() == 1);

        String first = client.get()
                .uri("/stream/100000000")
                .retrieve()
                .bodyToFlux(DataBuffer.class)
                .map(DataBuffer::readableByteCount)
                .map(String::valueOf)
                .blockFirst();
        assertThat(first).isNotNull();
        Eventually.is("stream closed", () -> server.abandoned() == 2);
    }

    @Test
    void anObservationSeesOneRequest() {
        List<String> observed = new CopyOnWriteArrayList<>();
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStop(Observation.Context context) {
                observed.add(context.getName() + " "
                        + context.getLowCardinalityKeyValue("status").getValue());
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        WebClient mine = client.mutate().observationRegistry(registry).build();

        assertThat(status(mine.get().uri("/status/503"))).isEqualTo(503);
        // Whoever waits is told before the observation is.
        Eventually.is("observed once", () -> observed.equals(List.of("http.client.requests 503")));
    }

    @Test
    void aSingleBodyIsSentAgainAndAStreamIsNot() {
        assertThat(status(client.post().uri("/status/503").bodyValue("json"))).isEqualTo(503);
        assertThat(server.requests()).hasSize(3);

        assertThat(status(client.post().uri("/status/503").body(Flux.just("a", "b"), String.class)))
                .isEqualTo(503);
        assertThat(server.requests()).hasSize(4);
    }

    private static int status(WebClient.RequestHeadersSpec<?> request) {
        ResponseEntity<Void> entity = request.retrieve()
                .onStatus(status -> true, response -> Mono.empty())
                .toBodilessEntity()
                .block();
        return entity == null ? 0 : entity.getStatusCode().value();
    }

    @Test
    void aPublisherIsAskedForNoMoreThanTheConnectionTakes() throws Exception {
        AtomicLong made = new AtomicLong();
        Flux<byte[]> endless = Flux.generate(sink -> {
            made.incrementAndGet();
            sink.next(new byte[64 * 1024]);
        });
        // Accepts and never reads.
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Mesh other = mesh(new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()))) {
            Disposable upload = other.wrap(
                            WebClient.builder().clientConnector(connector()).build())
                    .post()
                    .uri("http://reviews:9080/upload")
                    .contentType(MediaType.APPLICATION_OCTET_STREAM)
                    .body(endless, byte[].class)
                    .retrieve()
                    .toBodilessEntity()
                    .subscribe();
            Eventually.is("uploading", () -> made.get() > 1);
            // What nobody holds back would go on and on meanwhile.
            for (int i = 0; i < 20; i++) {
                assertThat(status(client.get().uri("/echo"))).isEqualTo(200);
            }
            upload.dispose();
            assertThat(made.get()).isLessThan(500);
        }
    }

    @Test
    void buffersOfAPublisherAreGivenBack() {
        NettyDataBufferFactory factory = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);
        List<NettyDataBuffer> made = new CopyOnWriteArrayList<>();
        Flux<DataBuffer> source = Flux.range(0, 100).map(i -> {
            NettyDataBuffer buffer = factory.allocateBuffer(16);
            buffer.write("x".getBytes(StandardCharsets.US_ASCII));
            made.add(buffer);
            return buffer;
        });
        String counted = client.post()
                .uri("/count")
                .body(BodyInserters.fromDataBuffers(source))
                .retrieve()
                .bodyToMono(String.class)
                .block();
        assertThat(counted).isEqualTo("100");
        client.post()
                .uri("/count")
                .body(BodyInserters.fromDataBuffers(source.take(1).next()))
                .retrieve()
                .toBodilessEntity()
                .block();

        assertThat(made).hasSize(101);
        Eventually.is(
                "given back",
                () -> made.stream().allMatch(buffer -> buffer.getNativeBuffer().refCnt() == 0));
    }

    @Test
    void anErrorOfTheBodysPublisherIsTheCallersOwn() {
        Flux<DataBuffer> broken = Flux.error(new IllegalStateException("no more paper"));
        assertThatThrownBy(() -> client.post()
                        .uri("/count")
                        .body(BodyInserters.fromDataBuffers(broken))
                        .retrieve()
                        .toBodilessEntity()
                        .block())
                .isInstanceOf(WebClientRequestException.class)
                .hasRootCauseMessage("no more paper");
    }

    @Test
    void anInboundDeadlineInTheContextBoundsCallsOnAnyThread() {
        Deadline deadline = Deadline.after(
                mesh.world().ticker().nanoTime(), Duration.ofSeconds(20).toNanos());
        String echo = Mono.delay(Duration.ofMillis(1))
                .publishOn(Schedulers.boundedElastic())
                .flatMap(tick -> client.get().uri("/echo").retrieve().bodyToMono(String.class))
                .contextWrite(context -> context.put(Inbound.class, new Inbound(deadline)))
                .block();
        assertThat(echo).containsPattern("x-mesh-timeout-ms: 1\\d{4}\n");
    }

    @Test
    void hintsRideAsAttributeInTheContextOrOnTheThread() throws Exception {
        Mono<ResponseEntity<Void>> once = client.get()
                .uri("/status/503")
                .retrieve()
                .onStatus(status -> true, response -> Mono.empty())
                .toBodilessEntity();
        once.contextWrite(context -> context.put(Hints.KEY, Hints.NONE.withoutRetry()))
                .block();
        assertThat(server.requests()).hasSize(1);
        Hints.NONE.withoutRetry().call(once::block);
        assertThat(server.requests()).hasSize(2);
        assertThat(status(client.get().uri("/status/503").attributes(Hints.NONE.withoutRetry())))
                .isEqualTo(503);
        assertThat(server.requests()).hasSize(3);
    }

    /** Calls a path that is never answered. */
    final void never(ClientHttpConnector connector) {
        mesh.wrap(WebClient.builder().clientConnector(connector))
                .build()
                .get()
                .uri("http://reviews:9080/never")
                .retrieve()
                .toBodilessEntity()
                .block();
    }

    @Test
    void aConnectorThatIsSetLateIsOnTheMeshToo() {
        WebClient late = mesh.wrap(WebClient.builder())
                .clientConnector(new JdkClientHttpConnector())
                .build();
        assertThat(late.method(HttpMethod.GET)
                        .uri("http://reviews:9080/echo")
                        .retrieve()
                        .bodyToMono(String.class)
                        .block())
                .contains("server: v1");
        observer.awaitCalls(1);
        assertThat(mesh.wrap(late)).isSameAs(late);
    }

    @Test
    void aClientWithItsOwnExchangeFunctionIsRefusedWithWhatToWrite() {
        WebClient odd =
                WebClient.builder().exchangeFunction(request -> Mono.empty()).build();
        assertThatThrownBy(() -> mesh.wrap(odd)).hasMessageContaining(".clientConnector(mesh.wrap(");
    }
}
