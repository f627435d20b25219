package dev.weft.http.transport;

import io.netty.channel.Channel;

/** An open connection of one pool. */
sealed interface Connection permits Http1Connection, Http2Connection {

    Channel channel();

    /** Takes no new transfers, and ends with the last of those that it has. From any thread. */
    void retire();

    /** Ends if it has nothing to do; true if it is at its end now. */
    boolean closeIfIdle();

    /** Carries a transfer for which a place was taken before. From any thread. */
    void start(Transfer transfer);
}
