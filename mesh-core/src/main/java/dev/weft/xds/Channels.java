package dev.weft.xds;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;

/** Opens channels to control planes. The seam where TLS comes in. */
interface Channels {

    /** @param server as in {@link Bootstrap#servers} */
    ManagedChannel open(String server);

    /** Plaintext; {@link Bootstrap} has seen to it that this is loopback or was asked for. */
    static ManagedChannel plaintext(String server) {
        ServerAddress address = ServerAddress.of(server);
        return NettyChannelBuilder.forAddress(address.host(), address.port())
                .usePlaintext()
                // Callbacks only hand over to the control thread.
                .directExecutor()
                // A stream is silent for hours when nothing changes; only a ping finds out that the other side is gone.
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                // The clusters of a large mesh come in one message of tens of megabytes.
                .maxInboundMessageSize(256 << 20)
                .disableRetry()
                .build();
    }
}
