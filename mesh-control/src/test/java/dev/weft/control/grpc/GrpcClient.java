package dev.weft.control.grpc;

import dev.weft.control.ControlPlane;
import dev.weft.identity.Identity;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A client under test, in a process of its own as far as the mesh can see. */
interface GrpcClient extends AutoCloseable {

    /** A channel to a service of namespace {@code default}. Closed with the client. */
    ManagedChannel channel(String service, int port);

    @Override
    void close() throws Exception;

    /** How it is started. */
    interface Starter {

        /**
         * @param directory of its own
         * @param locality {@code region/zone}
         * @param identity that it has; null: none. A client that has one from the control plane by itself takes that
         */
        GrpcClient start(ControlPlane plane, Path directory, String locality, @Nullable Identity identity)
                throws Exception;
    }
}
