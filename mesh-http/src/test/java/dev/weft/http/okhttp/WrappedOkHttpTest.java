package dev.weft.http.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.Mesh;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.VirtualHost;
import dev.weft.http.kit.Ask;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Got;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.Subject;
import dev.weft.http.kit.TestServer;
import dev.weft.request.Hints;
import dev.weft.request.LocalReply;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is wrapped, how, and who carries which call. */
@Timeout(60)
final class WrappedOkHttpTest {
    private final OkHttpBench bench = OkHttpBench.start();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        bench.close();
    }

    private Interceptor noting(String name) {
        return chain -> {
            events.add(name);
            return chain.proceed(
                    chain.request().newBuilder().header("x-" + name, "yes").build());
        };
    }

    private static String body(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return response.body().string();
        }
    }

    @Test
    void wrappingTwiceGivesTheSameAndForAnotherMeshAnother() throws IOException {
        OkHttpClient client = bench.mesh.wrap(new OkHttpClient());
        assertThat(bench.mesh.wrap(client)).isSameAs(client);
        try (Mesh another = bench.another()) {
            OkHttpClient rewrapped = another.wrap(client);
            assertThat(rewrapped.interceptors()).hasSize(1);
            body(rewrapped, OkHttpBench.to("/echo").build());
            assertThat(another.wrap(rewrapped)).isSameAs(rewrapped);
        }
        assertThat(bench.server.requests()).hasSize(1);
    }

    @Test
    void aWrappedClientSharesPoolAndDispatcherWithTheUsersOwn() {
        OkHttpClient own =
                new OkHttpClient.Builder().readTimeout(7, TimeUnit.SECONDS).build();
        OkHttpClient client = bench.mesh.wrap(own);
        assertThat(client.dispatcher()).isSameAs(own.dispatcher());
        assertThat(client.connectionPool()).isSameAs(own.connectionPool());
        assertThat(client.readTimeoutMillis()).isEqualTo(7_000);
    }

    @Test
    void aBuilderIsConfiguredAndInterceptorsAddedLaterStillRun() throws IOException {
        OkHttpClient.Builder builder = new OkHttpClient.Builder().addInterceptor(noting("before"));
        assertThat(bench.mesh.wrap(builder)).isSameAs(builder);
        assertThat(bench.mesh.wrap(builder).interceptors()).hasSize(2);
        OkHttpClient client = builder.addInterceptor(noting("after"))
                .addNetworkInterceptor(noting("network"))
                .build();

        assertThat(body(client, OkHttpBench.to("/echo").build()))
                .contains("server: v1\n")
                .contains("x-before: yes\n")
                .contains("x-after: yes\n")
                .contains("x-network: yes\n");
        assertThat(events).containsExactly("before", "after", "network");
    }

    /** A user's own class, which the mesh could not give back. */
    public static class Subclass extends OkHttpClient {}

    @Test
    void aSubclassIsRefused() {
        assertThatThrownBy(() -> bench.mesh.wrap(new Subclass()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Subclass");
    }

    @Test
    void otherHostsReachTheUsersOwnClient() throws Exception {
        OkHttpClient client = bench.mesh.wrap(new OkHttpClient.Builder()
                .addNetworkInterceptor(chain -> {
                    events.add(String.valueOf(chain.connection() != null));
                    return chain.proceed(chain.request());
                })
                .build());
        try (TestServer outside = TestServer.start("outside", false)) {
            Ask ask = Ask.url("http://localhost:" + outside.address().getPort() + "/echo");
            try (Got got =
                    OkHttpSubject.got(client.newCall(OkHttpSubject.request(ask)).execute())) {
                assertThat(got.text()).contains("server: outside\n").contains("connection: Keep-Alive\n");
            }
        }
        assertThat(events).containsExactly("true");
        assertThat(bench.observer.calls).isEmpty();
    }

    @Test
    void clientsMadeFromAWrappedOneAreOnTheMeshWithTheirOwnSettings() throws IOException {
        OkHttpClient client = bench.mesh
                .wrap(new OkHttpClient())
                .newBuilder()
                .addNetworkInterceptor(noting("later"))
                .build();
        assertThat(body(client, OkHttpBench.to("/echo").build())).contains("x-later: yes\n");
    }

    @Test
    void aMeshAnswerCanBeToldFromAServers() throws IOException {
        OkHttpClient client = bench.mesh.wrap(new OkHttpClient());
        bench.server.close();
        try (Response answer = client.newCall(OkHttpBench.to("/echo").build()).execute()) {
            assertThat(answer.code()).isEqualTo(503);
            assertThat(answer.message()).isEqualTo("Service Unavailable");
            assertThat(LocalReply.in(answer::header))
                    .hasValueSatisfying(reply -> assertThat(reply.flagText()).isEqualTo("UF"));
        }
    }

    @Test
    void anInterceptorThatThrowsLeavesNoAnswerOpen() {
        OkHttpClient client = bench.mesh.wrap(new OkHttpClient.Builder()
                .addNetworkInterceptor(chain -> {
                    chain.proceed(chain.request());
                    throw new IOException("not this one");
                })
                .build());
        assertThatThrownBy(
                        () -> body(client, OkHttpBench.to("/stream/100000000").build()))
                .hasMessage("not this one");
        Eventually.is("attempt closed", () -> bench.server.abandoned() == 1);
    }

    @Test
    void hintsHoldForARequestThatAnInterceptorSendsOnceMore() throws Exception {
        OkHttpClient client = bench.mesh.wrap(new OkHttpClient.Builder()
                .readTimeout(Duration.ofSeconds(5))
                .addInterceptor(chain -> {
                    chain.proceed(OkHttpBench.to("/echo").build()).close();
                    return chain.proceed(chain.request());
                })
                .build());
        CompletableFuture<Integer> status = new CompletableFuture<>();
        CompletableFuture<Integer> mine = Hints.within(Duration.ofMillis(200)).call(() -> {
            Call enqueued = client.newCall(OkHttpBench.to("/never").build());
            enqueued.enqueue(new okhttp3.Callback() {
                @Override
                public void onFailure(Call failed, IOException e) {
                    status.completeExceptionally(e);
                }

                @Override
                public void onResponse(Call answered, Response response) {
                    try (response) {
                        status.complete(response.code());
                    }
                }
            });
            return status;
        });
        assertThat(mine.get()).isEqualTo(504);
    }

    @Test
    void duplexBodiesAreRefusedAndWhatTheyAreIsSaid() {
        OkHttpClient client = bench.mesh.wrap(new OkHttpClient());
        RequestBody duplex = new RequestBody() {
            @Override
            public @Nullable MediaType contentType() {
                return null;
            }

            @Override
            public boolean isDuplex() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) {}
        };
        assertThatThrownBy(
                        () -> body(client, OkHttpBench.to("/echo").post(duplex).build()))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("duplex request body to reviews");
        assertThat(bench.server.requests()).isEmpty();
    }

    @Test
    void anUnfaithfulBodyFailsTheCall() {
        OkHttpClient client = bench.mesh.wrap(new OkHttpClient());
        for (long announced : new long[] {5, 100_000}) {
            RequestBody three = new RequestBody() {
                @Override
                public @Nullable MediaType contentType() {
                    return null;
                }

                @Override
                public long contentLength() {
                    return announced;
                }

                @Override
                public void writeTo(BufferedSink sink) throws IOException {
                    sink.writeUtf8("abc");
                }
            };
            assertThatThrownBy(() ->
                            body(client, OkHttpBench.to("/count").post(three).build()))
                    .isInstanceOf(IOException.class)
                    .hasStackTraceContaining("3 bytes");
        }
        assertThat(bench.server.requests()).isEmpty();
    }

    @Test
    void listenersHearOfTheCallAndItsAnswer() throws IOException {
        OkHttpClient client = bench.mesh.wrap(new OkHttpClient.Builder()
                .eventListener(new EventListener() {
                    @Override
                    public void callStart(Call call) {
                        events.add("start");
                    }

                    @Override
                    public void responseHeadersEnd(Call call, Response response) {
                        events.add("response " + response.code());
                    }

                    @Override
                    public void callEnd(Call call) {
                        events.add("end");
                    }
                })
                .build());
        body(client, OkHttpBench.to("/status/418").build());
        assertThat(events).containsExactly("start", "response 418", "end");
    }

    @Test
    void beforeThereIsAnyConfigurationACallWaitsAndGoesWhereItBelongs() throws Exception {
        CompletableFuture<Consumer<MeshSnapshot>> listener = new CompletableFuture<>();
        SnapshotSource late = new SnapshotSource() {
            @Override
            public void subscribe(Consumer<MeshSnapshot> given) {
                listener.complete(given);
            }

            @Override
            public void request(VirtualHost host) {}
        };
        try (TestServer outside = TestServer.start("outside", false);
                Mesh mesh = Mesh.builder()
                        .service("x")
                        .ignoreEnvironment()
                        .snapshots(late)
                        .start()) {
            Subject subject = OkHttpSubject.of(mesh, false);
            CompletableFuture<Got> ours = subject.begin(Ask.get("/echo"));
            CompletableFuture<Got> others = subject.begin(
                    Ask.url("http://localhost:" + outside.address().getPort() + "/echo"));

            listener.get().accept(Snapshots.reviews().at(bench.server.address()));

            assertThat(ours.get(10, TimeUnit.SECONDS).text()).contains("server: v1\n");
            assertThat(others.get(10, TimeUnit.SECONDS).text())
                    .contains("server: outside\n")
                    .contains("connection: Keep-Alive\n");
        }
    }
}
