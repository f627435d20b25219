package dev.weft.xds;

import com.google.protobuf.Message;
import com.google.protobuf.RuntimeVersion;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether the protobuf library at hand can carry the control plane's messages. Build tools like to choose an older one: {@code grpc-protobuf}
 * asks for 3.25, and Maven takes who stands nearest to the application.
 */
public final class ProtobufOnClassPath {
    /** The oldest that will do. These are constants of the library that Weft was compiled with, and not of the one that runs. */
    public static final String NEEDED = RuntimeVersion.MAJOR + "." + RuntimeVersion.MINOR + "." + RuntimeVersion.PATCH;

    private ProtobufOnClassPath() {}

    /** What is wrong with it, for people, or null. */
    public static @Nullable String problem() {
        return problem(DeltaDiscoveryRequest::getDefaultInstance);
    }

    static @Nullable String problem(Runnable firstMessage) {
        try {
            firstMessage.run();
            return null;
        } catch (LinkageError e) {
            Throwable cause = e instanceof ExceptionInInitializerError && e.getCause() != null ? e.getCause() : e;
            CodeSource source = Message.class.getProtectionDomain().getCodeSource();
            return (source == null ? "the one on the class path" : source.getLocation()) + " does not fit: " + cause;
        }
    }
}
