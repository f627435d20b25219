package dev.weft.grpc.tls;

import io.grpc.Attributes;
import io.grpc.Grpc;

/** The name that a client asked for (SNI), among the attributes of a server's connection. */
public final class ShownName {
    /** Absent: plaintext, or the client named nobody. */
    @Grpc.TransportAttr
    public static final Attributes.Key<String> KEY = Attributes.Key.create("weft-server-name");

    private ShownName() {}
}
