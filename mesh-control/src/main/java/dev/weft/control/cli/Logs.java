package dev.weft.control.cli;

import dev.weft.control.store.ConfigStore;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How a command's log looks on stderr: time, level, words. */
final class Logs {
    private static final String PREFIX = "org.slf4j.simpleLogger.";
    /** gRPC writes a stack trace for each client that goes away in the middle of a response. Kept, or its level is forgotten. */
    private static final Logger GRPC = Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty");

    private static final Logger GRPC_ALL = Logger.getLogger("io.grpc");

    private Logs() {}

    /** {@code serve} says on stdout what is in force and what is refused: the store need not say it again beside it. */
    static void leaveConfigurationToTheCommand() {
        for (String teller : new String[] {"DirectoryConfigStore", "FileVersions", "MeshFile", "Publication"}) {
            String level = PREFIX + "log." + ConfigStore.class.getPackageName() + "." + teller;
            if (System.getProperty(level) == null) {
                System.setProperty(level, "error");
            }
        }
    }

    /** gRPC's stack traces are of no use to who asks one question and is told why it failed. */
    static void withoutGrpc() {
        GRPC_ALL.setLevel(Level.OFF);
    }

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
