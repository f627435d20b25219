package dev.weft.xds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.runtime.World;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ControlThreadTest {

    @Test
    void anInterruptThatAListenerLeavesBehindEndsNothing() throws Exception {
        try (ControlThread control = new ControlThread("test", World.system())) {
            CountDownLatch reached = new CountDownLatch(1);
            control.execute(() -> Thread.currentThread().interrupt());
            control.execute(() -> {});
            control.execute(reached::countDown);

            assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
