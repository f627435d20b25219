package dev.weft.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose peer is still sending. Closed at once, what it sends would be answered with a reset, and the reset could
 * overtake the answer.
 */
final class Lingering {
    /** An honest peer has read the answer by then and closes itself. */
    private static final long MILLIS = 1_000;

    private Lingering() {}

    static void close(Channel channel) {
        if (channel.isActive()) {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (tls != null) {
                tls.closeOutbound();
            } else if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
            channel.config().setAutoRead(true);
            channel.eventLoop().schedule(() -> channel.close(), MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
