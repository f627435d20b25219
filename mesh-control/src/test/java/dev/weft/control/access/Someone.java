package dev.weft.control.access;

import dev.weft.identity.SpiffeId;

/** Identities of tests. */
public final class Someone {
    public static final SpiffeId REVIEWS = SpiffeId.of("cluster.local", "default", "reviews");
    public static final SpiffeId RATINGS = SpiffeId.of("cluster.local", "default", "ratings");

    private Someone() {}
}
