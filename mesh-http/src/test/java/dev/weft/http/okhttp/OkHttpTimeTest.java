package dev.weft.http.okhttp;

import static dev.weft.http.okhttp.OkHttpBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.http.kit.Eventually;
import dev.weft.request.Hints;
import dev.weft.request.LocalReply;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client's own limits, hints, and what a cancellation ends. */
@Timeout(60)
final class OkHttpTimeTest {
    private final OkHttpBench bench = OkHttpBench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    private OkHttpClient.Builder client() {
        return bench.mesh.wrap(new OkHttpClient.Builder());
    }

    private void nobodyIsThere() {
        Eventually.is(
                "attempts closed at the server",
                () -> bench.server.running() == 0
                        && bench.server.abandoned() == bench.server.requests().size());
        Eventually.is("books closed", () -> bench.observer.calls.size() == bench.observer.begun.get());
    }

    /** An answer that has begun and goes no further; its head too may come too late on a busy machine, then once more. */
    private static Response stalled(OkHttpClient client) throws IOException {
        while (true) {
            try {
                return client.newCall(to("/stall").build()).execute();
            } catch (InterruptedIOException late) {
                assertThat(late).hasMessage("timeout");
            }
        }
    }

    @Test
    void aCallTimeoutIsThrownAsOkHttpThrowsIt() {
        OkHttpClient client = client().callTimeout(Duration.ofMillis(300)).build();
        assertThatThrownBy(() -> client.newCall(to("/never").build()).execute())
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("timeout");
        nobodyIsThere();
    }

    @Test
    void aCallTimeoutCoversTheBodyAndTravels() throws IOException {
        OkHttpClient patient = client().callTimeout(Duration.ofSeconds(20)).build();
        try (Response response = patient.newCall(to("/echo").build()).execute()) {
            assertThat(response.body().string()).containsPattern("x-mesh-timeout-ms: \\d{4,5}\n");
        }
        OkHttpClient client = client().callTimeout(Duration.ofMillis(200)).build();
        try (Response response = stalled(client)) {
            assertThatThrownBy(() -> response.body().string())
                    .isInstanceOf(InterruptedIOException.class)
                    .hasMessage("timeout");
        }
        Eventually.is("attempts closed at the server", () -> bench.server.running() == 0);
    }

    @Test
    void aReadTimeoutIsThrownAndEndsTheAttempt() {
        OkHttpClient client = client().readTimeout(Duration.ofMillis(200)).build();
        assertThatThrownBy(() -> client.newCall(to("/never").build()).execute())
                .isInstanceOf(SocketTimeoutException.class);
        nobodyIsThere();
    }

    @Test
    void aReadTimeoutBoundsEachWaitForBytesAndNoWholeBody() throws IOException {
        OkHttpClient client = client().readTimeout(Duration.ofMillis(200)).build();
        try (Response response = stalled(client)) {
            assertThatThrownBy(() -> response.body().string()).isInstanceOf(SocketTimeoutException.class);
        }
        nobodyIsThere();
        OkHttpClient patient = client().readTimeout(Duration.ofSeconds(20)).build();
        try (Response response = patient.newCall(to("/echo").build()).execute()) {
            // Nothing that travels: an answer may take longer than that as a whole.
            assertThat(response.body().string()).doesNotContain("x-mesh-timeout-ms");
        }
    }

    @Test
    void cancellingIsThrownAsOkHttpThrowsIt() {
        Call call = client().build().newCall(to("/never").build());
        CompletableFuture<Throwable> thrown = CompletableFuture.supplyAsync(() -> {
            try (Response response = call.execute()) {
                return new AssertionError(response.toString());
            } catch (IOException e) {
                return e;
            }
        });
        Eventually.is("request arrived", () -> bench.server.running() == 1);
        call.cancel();
        assertThat(thrown.join()).isExactlyInstanceOf(IOException.class).hasMessage("Canceled");
        nobodyIsThere();
    }

    @Test
    void cancellingEndsABodyThatSomebodyWaitsFor() throws IOException {
        Call call = client().build().newCall(to("/stall").build());
        try (Response response = call.execute()) {
            assertThat(response.body().source().readUtf8(4)).isEqualTo("part");
            call.cancel();
            assertThatThrownBy(() -> response.body().source().readByte()).isInstanceOf(IOException.class);
        }
        nobodyIsThere();
    }

    @Test
    void aCallThatWasCancelledBeforeIsNeverSent() {
        Call call = client().build().newCall(to("/echo").build());
        call.cancel();
        assertThatThrownBy(call::execute).isInstanceOf(IOException.class).hasMessage("Canceled");
        assertThat(bench.server.requests()).isEmpty();
    }

    @Test
    void anInterruptEndsTheAttempt() throws Exception {
        OkHttpClient client = client().build();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try (Response response = client.newCall(to("/never").build()).execute()) {
                thrown.complete(null);
            } catch (Throwable e) {
                thrown.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("not interrupted", e));
            }
        });
        thread.start();
        Eventually.is("request arrived", () -> bench.server.running() == 1);
        thread.interrupt();

        assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class).hasMessage("interrupted");
        nobodyIsThere();
    }

    @Test
    void hintsRideAsATag() throws IOException {
        Hints hints = Hints.within(Duration.ofMillis(200));
        try (Response response = client().build()
                .newCall(to("/never").tag(Hints.class, hints).build())
                .execute()) {
            assertThat(response.code()).isEqualTo(504);
            assertThat(response.header(LocalReply.FLAGS_HEADER)).isEqualTo("UT");
        }
    }

    @Test
    void hintsOfTheCallersThreadReachAnEnqueuedCall() throws Exception {
        OkHttpSubject subject = new OkHttpSubject(client().build(), false);
        try (dev.weft.http.kit.Got got = Hints.within(Duration.ofMillis(200))
                .call(() -> subject.begin(dev.weft.http.kit.Ask.get("/never")))
                .get()) {
            assertThat(got.status()).isEqualTo(504);
        }
    }
}
