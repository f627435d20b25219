package dev.weft.http.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Bodies of every size, both ways. */
public interface BodyContract extends Fixture {
    /** More than may be held in memory at any time: {@link #MOST_MEGABYTES}. */
    long BIG = 48L * 1024 * 1024;

    /** Of heap and direct memory, above what was in use before: buffers of both ends, which live in this process. */
    long MOST_MEGABYTES = 32;

    @Test
    default void bodiesAreSentInEveryForm() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));

            assertThat(client.send(Ask.post("/echo", "in memory")).text())
                    .contains("content-length: 9\n")
                    .endsWith("\nin memory");
            assertThat(client.send(Ask.post("/echo", "")).text()).contains("content-length: 0\n");
            assertThat(client.send(Ask.upload("/echo", Ask.bytes("streamed"), false))
                            .text())
                    .endsWith("\nstreamed");
            assertThat(client.send(Ask.upload("/echo", Ask.bytes("once"), true)).text())
                    .endsWith("\nonce");
            assertThat(client.send(Ask.post("/count", "x".repeat(1_000_000))).text())
                    .isEqualTo("1000000");
        }
    }

    @Test
    default void expectContinueWaitsForTheServer() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));

            assertThat(client.send(Ask.post("/count", "12345").expectingContinue())
                            .text())
                    .isEqualTo("5");
        }
    }

    @Test
    default void anAnswerMayComeBeforeTheBodyHasBeenSent() throws Exception {
        assumeTrue(streamsRequests());
        CountDownLatch answered = new CountDownLatch(1);
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));
            InputStream waits = new InputStream() {
                private int given;

                @Override
                public int read() throws IOException {
                    if (given++ == 0) {
                        return 'x';
                    }
                    try {
                        answered.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    return -1;
                }
            };
            try (Got got = client.send(Ask.upload("/early/413", () -> waits, true))) {
                assertThat(got.status()).isEqualTo(413);
            }
            answered.countDown();
            assertThat(client.send(Ask.get("/echo")).status()).isEqualTo(200);
        }
    }

    @Test
    default void aBodyThatCannotBeReadFailsTheCallAndNotTheServer() throws Exception {
        try (Bench bench = bench()) {
            TestServer server = bench.server("v1");
            Subject client = bench.client(reviews().at(server.address()));
            InputStream broken = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("disk on fire");
                }
            };
            assertThatThrownBy(() -> client.send(Ask.upload("/count", () -> broken, false)))
                    .isNotInstanceOf(CancellationException.class)
                    .hasStackTraceContaining("disk on fire");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    default void aLongBodyStreamsDownWithBoundedMemory() throws Exception {
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));
            HighWater heap = HighWater.start();
            long read = 0;
            try (Got got = client.send(Ask.get("/stream/" + BIG))) {
                byte[] buffer = new byte[64 * 1024];
                int count = got.body().read(buffer);
                while (count >= 0) {
                    read += count;
                    heap.look(read);
                    count = got.body().read(buffer);
                }
            }
            assertThat(read).isEqualTo(BIG);
            assertThat(heap.megabytesAboveStart()).isLessThan(MOST_MEGABYTES);
        }
    }

    @Test
    default void aLongBodyStreamsUpWithBoundedMemory() throws Exception {
        assumeTrue(streamsRequests());
        try (Bench bench = bench()) {
            Subject client = bench.client(reviews().at(bench.server("v1").address()));
            HighWater heap = HighWater.start();
            InputStream zeros = new InputStream() {
                private long left = BIG;

                @Override
                public int read() {
                    return left-- > 0 ? 0 : -1;
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                    int count = (int) Math.min(length, left);
                    left -= count;
                    heap.look(BIG - left);
                    return count == 0 ? -1 : count;
                }
            };
            assertThat(client.send(Ask.upload("/count", () -> zeros, true)).text())
                    .isEqualTo(String.valueOf(BIG));
            assertThat(heap.megabytesAboveStart()).isLessThan(MOST_MEGABYTES);
        }
    }
}
