package dev.weft.grpc.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What handlers throw where no thread of gRPC's would show it. */
final class LateFailures {
    private static final Logger log = LoggerFactory.getLogger(LateFailures.class);

    private LateFailures() {}

    static void log(String method, Throwable failure) {
        log.error("{}: the handler failed", method, failure);
    }
}
