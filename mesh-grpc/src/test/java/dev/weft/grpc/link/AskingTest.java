package dev.weft.grpc.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AskingTest {
    private static final long MILLI = 1_000_000;

    private final Asking asking = new Asking();

    private long pauseAfter(int leave, int stay, long nanos) {
        asking.begins();
        IntStream.range(0, leave + stay).forEach(i -> asking.picked(i >= leave));
        return asking.ended(nanos);
    }

    @Test
    void whoeverAsksInVainMustPause() {
        assertThat(pauseAfter(0, 100, 10 * MILLI)).isEqualTo(40 * MILLI);
        assertThat(pauseAfter(0, 50, 5 * MILLI)).isEqualTo(20 * MILLI);
    }

    @Test
    void whatAttemptsTakeToLeaveIsNoReasonToPause() {
        assertThat(pauseAfter(1000, 0, 1_000 * MILLI)).isZero();
        assertThat(pauseAfter(0, 100, MILLI)).isEqualTo(4 * MILLI);
        assertThat(pauseAfter(1000, 100, 1_000 * MILLI)).isEqualTo(4 * MILLI);
    }

    @Test
    void aBusyMachineDoesNotMakeItLonger() {
        pauseAfter(0, 100, MILLI);
        assertThat(pauseAfter(0, 100, 50 * MILLI)).isEqualTo(4 * MILLI);
    }

    @Test
    void noPauseIsLong() {
        assertThat(pauseAfter(0, 10_000, 10_000 * MILLI)).isEqualTo(100 * MILLI);
    }

    @Test
    void onlyWhoIsAskedCounts() throws InterruptedException {
        asking.begins();
        Thread other = new Thread(() -> asking.picked(true));
        other.start();
        other.join();
        assertThat(asking.ended(10 * MILLI)).isZero();
    }
}
