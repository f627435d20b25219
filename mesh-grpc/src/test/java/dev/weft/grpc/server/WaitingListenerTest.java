package dev.weft.grpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Events that come before the decision, and while it comes. */
final class WaitingListenerTest {
    private final List<String> heard = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final WaitingListener<String> waiting = new WaitingListener<>();

    private ServerCall.Listener<String> handler(Runnable onReady) {
        return new ServerCall.Listener<>() {
            @Override
            public void onReady() {
                heard.add("ready");
                onReady.run();
            }

            @Override
            public void onMessage(String message) {
                heard.add(message);
            }

            @Override
            public void onHalfClose() {
                heard.add("half-close");
            }

            @Override
            public void onCancel() {
                heard.add("cancel");
            }
        };
    }

    @Test
    void theyAreToldInTheirOrderAndThenLetThrough() {
        waiting.onReady();
        waiting.onHalfClose();
        assertThat(heard).isEmpty();
        waiting.judged(() -> handler(() -> {}), failures::add);
        assertThat(heard).containsExactly("ready", "half-close");
        waiting.onCancel();
        assertThat(heard).containsExactly("ready", "half-close", "cancel");
    }

    @Test
    void whatAHandlerThrowsIsReportedAndDoesNotKeepTheRestFromIt() {
        waiting.onReady();
        waiting.onCancel();
        waiting.judged(
                () -> handler(() -> {
                    throw new IllegalStateException("as asked");
                }),
                failures::add);
        assertThat(heard).containsExactly("ready", "cancel");
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatComesWhileTheOthersAreToldComesAfterThem() throws Exception {
        CountDownLatch telling = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        waiting.onReady();
        CompletableFuture<Void> call = CompletableFuture.runAsync(() -> {
            join(telling);
            waiting.onMessage("a");
            waiting.onMessage("b");
            told.countDown();
        });
        waiting.judged(
                () -> handler(() -> {
                    telling.countDown();
                    join(told);
                    heard.add("ready told");
                }),
                failures::add);
        call.join();
        assertThat(heard).containsExactly("ready", "ready told", "a", "b");
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
