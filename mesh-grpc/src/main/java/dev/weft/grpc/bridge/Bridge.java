package dev.weft.grpc.bridge;

import dev.weft.config.StockResources;
import dev.weft.identity.IdentitySource;
import io.grpc.Server;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;

/** What grpc-xds in this process speaks to. One at a time. */
final class Bridge implements AutoCloseable {
    private final Server server;
    private final Runnable forgetIdentity;

    private Bridge(Server server, Runnable forgetIdentity) {
        this.server = server;
        this.forgetIdentity = forgetIdentity;
    }

    static Bridge open(StockResources resources, IdentitySource identity, Notices notices) {
        GrpcXds.useBridge();
        Server server = InProcessServerBuilder.forName(BridgeChannels.IN_PROCESS)
                .addService(new XdsService(resources, notices))
                .addService(new LoadReports())
                .build();
        try {
            server.start();
        } catch (IOException e) {
            throw new IllegalStateException("cannot serve grpc-xds within the process: " + e.getMessage(), e);
        }
        return new Bridge(server, BridgeCertificates.follow(identity));
    }

    @Override
    public void close() {
        forgetIdentity.run();
        server.shutdownNow();
        try {
            // The name is free for the next one as soon as this returns.
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
