package dev.weft.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.request.Headers;
import dev.weft.runtime.Timer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Responses whose reader went away, and readers whose response stays away. */
@Timeout(60)
final class UnreadBodyTest {
    private final AtomicReference<Runnable> scheduled = new AtomicReference<>();
    private final Timer timer = (delay, task) -> {
        scheduled.set(task);
        return () -> scheduled.compareAndSet(task, null);
    };
    private boolean abandoned;
    private final IncomingBody body = new IncomingBody(new IncomingBody.Source() {
        @Override
        public void resume() {}

        @Override
        public void abandon() {
            abandoned = true;
        }
    });

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.wrap(new byte[count]);
    }

    @Test
    void aShortRestIsThrownAwayAsItComes() {
        body.offer(bytes(10));
        Leftover.discard(body, timer);
        body.offer(bytes(10));
        body.end(Headers.EMPTY);

        assertThat(abandoned).isFalse();
        assertThat(scheduled).hasNullValue();
    }

    @Test
    void aLongRestEndsTheAttempt() {
        Leftover.discard(body, timer);
        body.offer(bytes(60_000));
        assertThat(abandoned).isFalse();
        body.offer(bytes(60_000));

        assertThat(abandoned).isTrue();
        assertThat(scheduled).hasNullValue();
    }

    @Test
    void aSlowRestEndsTheAttempt() {
        Leftover.discard(body, timer);
        scheduled.get().run();

        assertThat(abandoned).isTrue();
    }

    @Test
    void nothingIsDoneAboutABodyThatIsOver() throws IOException {
        body.end(Headers.EMPTY);
        Leftover.discard(body, timer);

        assertThat(abandoned).isFalse();
        assertThat(scheduled).hasNullValue();
    }

    @Test
    void aReaderWaitsNoLongerThanItsLimit() throws IOException {
        Timer atOnce = (delay, task) -> {
            assertThat(delay).isEqualTo(Duration.ofSeconds(2).toNanos());
            task.run();
            return () -> {};
        };
        body.offer(bytes(1));
        try (BodyStream stream = new BodyStream(body, atOnce, Duration.ofSeconds(2))) {
            assertThat(stream.read()).isZero();
            assertThatThrownBy(stream::read)
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("PT2S");
        }
        assertThat(abandoned).isTrue();
    }

    @Test
    void aLimitDoesNotMatterToWhatIsHere() throws IOException {
        body.offer(bytes(3));
        body.end(Headers.EMPTY);
        try (BodyStream stream = new BodyStream(body, timer, Duration.ofSeconds(2))) {
            assertThat(stream.readAllBytes()).hasSize(3);
        }
        assertThat(scheduled).hasNullValue();
    }
}
