package dev.weft.http.threads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.config.Cluster;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Snapshots;
import dev.weft.http.kit.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ten thousand calls at once, each on a virtual thread of its own. The server answers none before all have come, so that all wait at the
 * same time; over HTTP/2, for as many connections would need more open files than a process may have.
 */
@EnabledForJreRange(min = JRE.JAVA_24, disabledReason = "before JDK 24 virtual threads hold their carriers in monitors")
@Timeout(120)
final class VirtualThreadsTest {
    private static final int CALLS = 10_000;

    @ParameterizedTest
    @EnumSource
    void tenThousandWaitAtOnceAndNoneHoldsItsCarrier(BlockingClient client, @TempDir Path directory) throws Exception {
        try (TestServer server = TestServer.start("v1", true);
                Mesh mesh = Mesh.builder()
                        .service("productpage")
                        .ignoreEnvironment()
                        .snapshots(SnapshotSource.of(Snapshots.reviews()
                                .protocol(Cluster.Protocol.HTTP2)
                                .at(server.address())))
                        .start();
                BlockingClient.Calls calls = client.on(mesh)) {
            // Classes are initialised by then, which holds a carrier whoever does it.
            all(100, () -> calls.get("http://reviews:9080/together/100"));

            try (Recording recording = new Recording()) {
                recording
                        .enable("jdk.VirtualThreadPinned")
                        .withThreshold(Duration.ofMillis(1))
                        .withStackTrace();
                recording.start();
                assertThat(all(CALLS, () -> calls.get("http://reviews:9080/together/" + CALLS)))
                        .hasSize(CALLS)
                        .containsOnly("together");
                recording.stop();
                assertThat(pinned(recording, directory.resolve("recording.jfr")))
                        .isEmpty();
            }
        }
    }

    private static List<String> all(int count, Callable<String> call) throws Exception {
        ExecutorService threads = onVirtualThreads();
        try {
            List<Future<String>> futures = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                futures.add(threads.submit(call));
            }
            List<String> answers = new ArrayList<>(count);
            for (Future<String> future : futures) {
                answers.add(future.get(60, TimeUnit.SECONDS));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    /** This is compiled for JDK 17, which has none. */
    private static ExecutorService onVirtualThreads() throws Exception {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    private static List<String> pinned(Recording recording, Path file) throws IOException {
        recording.dump(file);
        List<String> found = new ArrayList<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            found.add(event.toString());
        }
        return found;
    }
}
