package dev.weft.samples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.TlsOptions;
import dev.weft.identity.SpiffeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README's code, as it stands there, with a real control plane and an empty directory of YAML. */
class HelloTest {
    @TempDir
    private Path directory;

    @AfterEach
    void forget() {
        System.clearProperty("mesh.control-plane");
        System.clearProperty("mesh.trust.local-token-file");
        System.clearProperty("mesh.data-directory");
    }

    @Test
    @Timeout(60)
    void theCallerFindsTheGreeterByNameAndServicePort() throws Exception {
        Path config = Files.createDirectory(directory.resolve("mesh"));
        Path token = directory.resolve("token");
        ControlPlaneOptions options = ControlPlaneOptions.of(config)
                .withPort(0)
                .withTls(TlsOptions.DEFAULT.withPort(0).withLocalToken(token));
        try (ControlPlane control = ControlPlane.start(options)) {
            System.setProperty("mesh.control-plane", control.target());
            System.setProperty("mesh.trust.local-token-file", token.toString());
            System.setProperty(
                    "mesh.data-directory", directory.resolve("greeter").toString());
            try (Mesh greeter = Hello.greeter()) {
                System.setProperty(
                        "mesh.data-directory", directory.resolve("caller").toString());
                awaitRegistered(control);

                assertThat(Hello.caller()).isEqualTo("hello, mesh");
                assertThat(greeter.identity().id())
                        .hasValue(SpiffeId.parse("spiffe://cluster.local/ns/default/sa/greeter"));
                assertThat(greeter.origins()).anyMatch(line -> line.startsWith("service = greeter"));
            }
        }
    }

    private static void awaitRegistered(ControlPlane control) throws InterruptedException {
        CountDownLatch registered = new CountDownLatch(1);
        Runnable end = control.registry().onChange(now -> {
            if (!now.instances("default", "greeter").isEmpty()) {
                registered.countDown();
            }
        });
        if (control.registry().snapshot().instances("default", "greeter").isEmpty()) {
            registered.await();
        }
        end.run();
    }
}
