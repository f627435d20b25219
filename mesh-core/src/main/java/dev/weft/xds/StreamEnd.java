package dev.weft.xds;

/** A stream may end while a request is on its way; its end is reported elsewhere. */
final class StreamEnd {
    private StreamEnd() {}

    static void ignoringLateSends(Runnable send) {
        try {
            send.run();
        } catch (IllegalStateException e) {
            // grpc-java: "call was cancelled", "call already half-closed". The listener hears of the end and
            // reconnects.
            return;
        }
    }
}
