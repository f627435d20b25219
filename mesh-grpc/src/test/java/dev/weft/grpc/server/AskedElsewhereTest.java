package dev.weft.grpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.config.ExternalAuthorizationStage;
import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundPolicy.PortPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.StringMatch;
import dev.weft.config.TlsMode;
import dev.weft.grpc.server.GuardedSite.Ended;
import dev.weft.grpc.server.GuardedSite.Open;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Snapshots;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An authorizer that takes its time: what becomes of a call meanwhile. */
final class AskedElsewhereTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch decided = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();

    /** What the server's executor throws at whoever is not one of gRPC's threads. */
    private final AtomicReference<RuntimeException> thrown = new AtomicReference<>();

    private HttpServer authorizer;
    private GuardedSite site;

    @BeforeEach
    void start() throws IOException {
        authorizer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        authorizer.setExecutor(threads);
        authorizer.createContext("/", this::answer);
        authorizer.start();
        site = new GuardedSite(asking(authorizer.getAddress()));
        ((NettyServerBuilder) site.builder).flowControlWindow(100_000);
        site.builder.executor(task -> {
            RuntimeException now = thrown.get();
            if (now != null && !Thread.currentThread().getName().startsWith("grpc-")) {
                throw now;
            }
            threads.execute(task);
        });
        site.guarded();
    }

    @AfterEach
    void end() {
        decided.countDown();
        site.close();
        authorizer.stop(0);
        threads.shutdownNow();
    }

    /** Streams are a long decision, all else is a short one. */
    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/Bidi")) {
            waiting.incrementAndGet();
            try {
                decided.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.getResponseHeaders().set("x-user", "alice");
        exchange.getResponseHeaders().set("x-seen", "yes");
        if (path.startsWith("/test.Admin/")) {
            // Field names and values of HTTP that gRPC's metadata cannot hold; all fields of a no go to the caller.
            exchange.getResponseHeaders().set("x~odd", "yes");
            exchange.getResponseHeaders().set("x-odd-bin", "no base64!");
        }
        exchange.sendResponseHeaders(path.startsWith("/test.Admin/") ? 403 : 200, -1);
        exchange.close();
    }

    private static MeshSnapshot asking(InetSocketAddress authorizer) {
        ExternalAuthorizationStage stage = new ExternalAuthorizationStage(
                new ExternalAuthorizationStage.Service.Http(
                        "",
                        Map.of(),
                        List.of(new StringMatch.Exact("x-user", true)),
                        List.of(),
                        List.of(),
                        List.of(new StringMatch.Exact("x-seen", true)),
                        List.of()),
                "outbound|9080||reviews",
                Duration.ofSeconds(10),
                false,
                false,
                503,
                null,
                false,
                List.of(),
                List.of(),
                List.of(),
                false);
        MeshSnapshot outbound = Snapshots.reviews().at(authorizer);
        return new MeshSnapshot(
                "asking",
                outbound.ports(),
                outbound.clusters(),
                outbound.endpoints(),
                outbound.source(),
                outbound.acceptedMillis(),
                new InboundPolicy(Map.of(), new PortPolicy(TlsMode.PERMISSIVE).with(List.of(stage))));
    }

    @Test
    void whatItSaysReachesTheHandlerAndTheCaller() {
        Open open = site.begin(Texts.UNARY, CallOptions.DEFAULT, "x-user", "mallory");
        assertThat(open.send("x").end().ended().message()).isEqualTo("echo x");
        assertThat(site.handlers.metadata.getAll(Metadata.Key.of("x-user", Metadata.ASCII_STRING_MARSHALLER)))
                .containsExactly("alice");
        assertThat(open.headers().get(Metadata.Key.of("x-seen", Metadata.ASCII_STRING_MARSHALLER)))
                .isEqualTo("yes");

        Ended refused = site.call(Texts.ADMIN, "x");
        assertThat(refused.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(site.handlers.reached).containsExactly("test.Public/Unary");
    }

    @Test
    void nothingOfAStreamIsReadBeforeAndAllOfItAfterwards() {
        String filler = "x".repeat(10_000);
        StringBuilder all = new StringBuilder("echo ");
        Open open = site.begin(Texts.BIDI, CallOptions.DEFAULT);
        for (int i = 1000; i < 1100; i++) {
            open.send("more" + i + filler);
            all.append(i).append(' ');
        }
        Eventually.is("asked", () -> waiting.get() == 1);
        // On the same connection, which shares fairly: as much again as the stream wants to send.
        String much = "x".repeat(500_000);
        for (int i = 0; i < 3; i++) {
            assertThat(site.call(Texts.UNARY, much).code()).isEqualTo(Status.Code.OK);
        }
        assertThat(open.isReady()).as("ten windows have left").isFalse();
        assertThat(site.handlers.reached).containsOnly("test.Public/Unary");

        decided.countDown();
        assertThat(open.send("end").end().ended().message()).isEqualTo(all + "end");
    }

    @Test
    void aCallerWhoLeavesMeanwhileReachesNoHandler() {
        Open open = site.begin(Texts.BIDI, CallOptions.DEFAULT).send("x").end();
        Eventually.is("asked", () -> waiting.get() == 1);
        open.cancel();
        assertThat(site.report().status()).isZero();
        decided.countDown();

        assertThat(site.call(Texts.UNARY, "x").code()).isEqualTo(Status.Code.OK);
        site.report();
        assertThat(site.handlers.reached).containsExactly("test.Public/Unary");
    }

    private void whoIsJudgedWhenTheExecutorThrowsHears(RuntimeException failure, Status.Code code) {
        Open open = site.begin(Texts.BIDI, CallOptions.DEFAULT);
        Eventually.is("asked", () -> waiting.get() == 1);
        thrown.set(failure);
        decided.countDown();
        assertThat(open.ended().code()).isEqualTo(code);
        site.report();
        assertThat(site.handlers.reached).isEmpty();
    }

    @Test
    void whereTheExecutorHasBeenShutDownTheCallerIsTold() {
        whoIsJudgedWhenTheExecutorThrowsHears(new RejectedExecutionException(), Status.Code.UNAVAILABLE);
    }

    @Test
    void whereTheExecutorThrowsAnythingElseTheCallerIsTold() {
        whoIsJudgedWhenTheExecutorThrowsHears(new IllegalStateException("as the test wants"), Status.Code.INTERNAL);
    }

    @Test
    void aServerThatStopsMeanwhileReportsTheCallOnce() {
        site.begin(Texts.BIDI, CallOptions.DEFAULT).send("x").end();
        Eventually.is("asked", () -> waiting.get() == 1);
        site.server().shutdownNow();

        assertThat(site.report().status()).isZero();
        assertThat(site.handlers.reached).isEmpty();
    }
}
