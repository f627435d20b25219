package dev.weft.control.grpc;

import io.grpc.Status;

/**
 * How a call ended.
 *
 * @param text what the server said; empty if it did not
 * @param server who answered, empty if nobody did
 */
record Ending(Status status, String text, String server) {

    /** The server's name, or {@code !CODE}. */
    String where() {
        return status.isOk() ? server : "!" + status.getCode();
    }
}
