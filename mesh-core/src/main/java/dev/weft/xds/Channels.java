package dev.weft.xds;

import dev.weft.controlplane.ControlPlaneChannel;
import dev.weft.controlplane.ServerAddress;
import io.grpc.ManagedChannel;

/** Opens channels to control planes. Control thread only. */
interface Channels {

    /** @param server as in {@link Bootstrap#servers} */
    ManagedChannel open(String server);

    /** Whether there is what a channel needs. */
    default boolean ready() {
        return true;
    }

    /** Until when a stream may last that is opened now, in epoch milliseconds. */
    default long goodUntilMillis() {
        return Long.MAX_VALUE;
    }

    /** The control plane does not know us by what was shown. */
    default void unauthenticated() {}

    /** One side did not believe the other's certificate. */
    default void mistrusted() {}

    /** Plaintext; whoever asks for it has seen to it that this is loopback or was asked for. */
    static ManagedChannel plaintext(String server) {
        return ControlPlaneChannel.plaintext(ServerAddress.of(server));
    }
}
