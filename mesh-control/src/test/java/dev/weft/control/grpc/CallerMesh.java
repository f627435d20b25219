package dev.weft.control.grpc;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.control.ControlPlane;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;

/** The mesh of a client that has one. */
final class CallerMesh {
    private CallerMesh() {}

    static Mesh start(ControlPlane plane, Path directory, String locality, Trust trust) {
        Mesh mesh = Mesh.builder()
                .service("caller")
                .ignoreEnvironment()
                .locality(locality)
                .controlPlane(plane.target())
                .trust(trust)
                .dataDirectory(directory)
                .meterRegistry(new SimpleMeterRegistry())
                .start();
        mesh.awaitReady(Duration.ofSeconds(20));
        return mesh;
    }
}
