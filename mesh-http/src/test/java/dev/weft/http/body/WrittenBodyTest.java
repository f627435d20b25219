package dev.weft.http.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.http.kit.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that write themselves. */
@Timeout(60)
final class WrittenBodyTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Takes what it asks for. */
    private static final class Taker implements Flow.Subscriber<ByteBuffer> {
        final StringBuffer text = new StringBuffer();
        final AtomicInteger buffers = new AtomicInteger();
        final CompletableFuture<Void> end = new CompletableFuture<>();
        volatile Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(ByteBuffer item) {
            text.append(StandardCharsets.UTF_8.decode(item));
            buffers.incrementAndGet();
        }

        @Override
        public void onError(Throwable cause) {
            end.completeExceptionally(cause);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }

    private Taker open(OutgoingBody body) {
        Taker taker = new Taker();
        body.open(threads).subscribe(taker);
        return taker;
    }

    @Test
    void everyOpeningWritesTheWholeBody() {
        OutgoingBody body = OutgoingBody.written(
                out -> {
                    out.write('a');
                    out.write("bc".getBytes(StandardCharsets.UTF_8));
                    out.close();
                },
                3,
                true);
        for (int i = 0; i < 2; i++) {
            Taker taker = open(body);
            taker.subscription.request(Long.MAX_VALUE / 2);
            taker.end.join();
            assertThat(taker.text.toString()).isEqualTo("abc");
        }
        assertThat(body.length()).isEqualTo(3);
        assertThat(body.replayable()).isTrue();
    }

    @Test
    void nothingIsWrittenBeforeSomebodyAsks() {
        AtomicInteger opened = new AtomicInteger();
        Taker taker = open(OutgoingBody.written(out -> opened.incrementAndGet(), -1, false));

        assertThat(opened).hasValue(0);
        taker.subscription.request(1);
        taker.end.join();
        assertThat(opened).hasValue(1);
    }

    @Test
    void aWriterIsNeverMoreThanOneBufferAhead() {
        AtomicLong written = new AtomicLong();
        byte[] piece = new byte[1000];
        Taker taker = open(OutgoingBody.written(
                out -> {
                    for (int i = 0; i < 1000; i++) {
                        out.write(piece);
                        written.addAndGet(piece.length);
                    }
                },
                1_000_000,
                false));

        for (int i = 1; i <= 5; i++) {
            int expected = i;
            taker.subscription.request(1);
            Eventually.is("buffer " + i, () -> taker.buffers.get() == expected);
            assertThat(written.get()).isLessThanOrEqualTo((i + 1) * 16 * 1024L);
        }
        taker.subscription.request(1000);
        taker.end.join();
        assertThat(taker.text).hasSize(1_000_000);
    }

    @Test
    void aWriterWhoseBodyIsNotWantedFails() {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Taker taker = open(OutgoingBody.written(
                out -> {
                    try {
                        writeForEver(out);
                    } catch (IOException e) {
                        failure.complete(e);
                        throw e;
                    }
                },
                -1,
                false));
        taker.subscription.request(1);
        Eventually.is("a first buffer", () -> taker.buffers.get() == 1);

        taker.subscription.cancel();

        assertThat(failure.join()).hasMessageContaining("not wanted any more");
        assertThat(taker.end).isNotDone();
    }

    private static void writeForEver(OutputStream out) throws IOException {
        while (true) {
            out.write(new byte[1024]);
        }
    }

    @Test
    void whatAWriterThrowsIsWhatTheSubscriberHears() {
        Taker taker = open(OutgoingBody.written(
                out -> {
                    throw new IOException("disk on fire");
                },
                -1,
                true));
        taker.subscription.request(1);

        assertThat(taker.end)
                .failsWithin(java.time.Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("disk on fire");
    }
}
