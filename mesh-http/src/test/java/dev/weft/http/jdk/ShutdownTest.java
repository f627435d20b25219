package dev.weft.http.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.http.guard.RawClient;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A guarded server in a JVM of its own, which gets the signal that platforms stop services with. */
final class ShutdownTest {
    @Test
    void aRequestInFlightIsAnsweredBeforeTheMeshCloses() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClosesOnShutdown.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = process.inputReader()) {
            int port = Integer.parseInt(said.readLine());
            try (RawClient client =
                    RawClient.plaintext(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                client.send("POST /slow HTTP/1.1\r\nHost: reviews\r\nContent-Length: 1\r\n\r\n");
                assertThat(said.readLine()).isEqualTo("serving");
                // Of the process itself: Process.destroy would close its streams as well.
                process.toHandle().destroy();
                assertThat(client.send("x").answer().status()).isEqualTo(204);
            }
            assertThat(said.readLine()).isEqualTo("closed");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
