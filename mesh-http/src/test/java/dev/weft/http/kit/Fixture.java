package dev.weft.http.kit;

import dev.weft.config.Cluster;

/** What a contract needs from the class that fulfils it. */
public interface Fixture {

    /** A new mesh-to-be with the client under test. */
    Bench bench();

    /** Whether the servers speak h2c. */
    boolean http2();

    /** A configuration whose cluster speaks what the servers speak. */
    default Snapshots reviews() {
        return Snapshots.reviews().protocol(http2() ? Cluster.Protocol.HTTP2 : Cluster.Protocol.HTTP1);
    }
}
