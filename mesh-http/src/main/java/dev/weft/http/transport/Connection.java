package dev.weft.http.transport;

import io.netty.channel.Channel;

/** An open connection of one pool. */
sealed interface Connection permits Http1Connection, Http2Connection {

    Channel channel();

    /** Carries a transfer for which a place was taken before. From any thread. */
    void start(Transfer transfer);
}
