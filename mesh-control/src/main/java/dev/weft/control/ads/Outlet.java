package dev.weft.control.ads;

import io.grpc.Status;

/** The sending side of a stream. */
interface Outlet {

    /** Whether the transport has room; when it becomes so, the stream is told. */
    boolean isReady();

    void send(EncodedResponse response);

    /** Reads the next request from the client, once. */
    void read();

    /** Ends the stream; nothing may be sent afterwards. */
    void close(Status status);
}
