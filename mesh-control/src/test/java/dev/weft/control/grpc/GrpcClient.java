package dev.weft.control.grpc;

import dev.weft.Trust;
import dev.weft.control.ControlPlane;
import io.grpc.ManagedChannel;
import java.nio.file.Path;

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
         * @param trust how it gets an identity, if it has any
         */
        GrpcClient start(ControlPlane plane, Path directory, String locality, Trust trust) throws Exception;
    }
}
