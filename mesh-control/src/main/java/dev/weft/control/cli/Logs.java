package dev.weft.control.cli;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How a command's log looks on stderr: time, level, words. */
final class Logs {
    private static final String PREFIX = "org.slf4j.simpleLogger.";
    /** gRPC writes a stack trace for each client that goes away in the middle of a response. Kept, or its level is forgotten. */
    private static final Logger GRPC = Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty");

    private Logs() {}

    /** To be called before the first logger is made; what the operator has set by {@code -D} stays. */
    static void forPeople() {
        GRPC.setLevel(Level.SEVERE);
        Map.of(
                        "showDateTime", "true",
                        "dateTimeFormat", "HH:mm:ss.SSS",
                        "showThreadName", "false",
                        "showLogName", "false")
                .forEach((key, value) -> {
                    if (System.getProperty(PREFIX + key) == null) {
                        System.setProperty(PREFIX + key, value);
                    }
                });
    }
}
