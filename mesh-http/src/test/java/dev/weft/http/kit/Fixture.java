package dev.weft.http.kit;

import dev.weft.config.Cluster;

/** What a contract needs from the class that fulfils it. */
public interface Fixture {

    /** A new mesh-to-be with the client under test. */
    Bench bench();

    /** Whether the servers speak HTTP/2. */
    boolean http2();

    /** Whether the client tells its user which version of HTTP an answer came by. */
    default boolean showsProtocol() {
        return true;
    }

    /** Whether the client can send a body that it does not hold in memory; else every body can be sent again. */
    default boolean streamsRequests() {
        return true;
    }

    /** Whether client and servers prove their identities to each other, else plaintext. */
    boolean encrypted();

    /** A configuration whose cluster speaks what the servers speak. */
    default Snapshots reviews() {
        Snapshots snapshots = Snapshots.reviews().protocol(http2() ? Cluster.Protocol.HTTP2 : Cluster.Protocol.HTTP1);
        return encrypted() ? snapshots.tls(MutualTls.towardsReviews()) : snapshots;
    }
}
