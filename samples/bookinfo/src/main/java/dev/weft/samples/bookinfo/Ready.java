package dev.weft.samples.bookinfo;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalInt;

/** Says that a service takes requests. */
public final class Ready {
    private Ready() {}

    /**
     * In words, and in the file that the settings name, if they do.
     *
     * @param grpcPort if gRPC is answered too
     */
    public static void announce(Settings settings, String service, int port, OptionalInt grpcPort) throws IOException {
        if (settings.ready().isPresent()) {
            Path ready = settings.ready().get();
            if (grpcPort.isPresent()) {
                write(grpc(ready), grpcPort.getAsInt());
            }
            write(ready, port);
        }
        System.out.println(
                settings.instance() + " answers for " + service + ":" + Service.SERVICE_PORT + " on 127.0.0.1:" + port);
        grpcPort.ifPresent(bound -> System.out.println(
                settings.instance() + " answers for " + service + ":" + Service.GRPC_PORT + " on 127.0.0.1:" + bound));
    }

    /** Beside the file with the port for HTTP. */
    public static Path grpc(Path ready) {
        return ready.resolveSibling(ready.getFileName() + "-grpc");
    }

    /** Whoever sees the file sees all of it. */
    private static void write(Path ready, int port) throws IOException {
        Path written = ready.resolveSibling(ready.getFileName() + ".new");
        Files.writeString(written, Integer.toString(port));
        try {
            Files.move(written, ready, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(written, ready, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
