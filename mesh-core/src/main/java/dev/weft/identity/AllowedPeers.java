package dev.weft.identity;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which verified identities a handshake accepts. Immutable, if its predicate is. */
public final class AllowedPeers {
    private static final AllowedPeers ANY =
            new AllowedPeers(id -> true, "any workload of a trust domain with known roots");

    private final Predicate<SpiffeId> allowed;
    private final String description;

    private AllowedPeers(Predicate<SpiffeId> allowed, String description) {
        this.allowed = allowed;
        this.description = description;
    }

    /** Everybody whose chain ends at a root of its own trust domain; what they may do is authorization's matter. */
    public static AllowedPeers any() {
        return ANY;
    }

    /**
     * Exactly these SPIFFE identities, as a cluster's endpoints name them.
     *
     * @throws IllegalArgumentException if one is not valid, or if there is none: for "everybody" say {@link #any()}
     */
    public static AllowedPeers of(Collection<String> spiffeIds) {
        if (spiffeIds.isEmpty()) {
            throw new IllegalArgumentException("no allowed identity given; to accept every workload say any()");
        }
        Set<String> exact = new TreeSet<>();
        spiffeIds.forEach(text -> exact.add(SpiffeId.parse(text).toString()));
        return new AllowedPeers(id -> exact.contains(id.toString()), Shown.list(List.copyOf(exact), Objects::toString));
    }

    /**
     * Those for whom the predicate is true at the time of the handshake.
     *
     * @param description who that is, for messages
     */
    public static AllowedPeers matching(Predicate<SpiffeId> allowed, String description) {
        return new AllowedPeers(Objects.requireNonNull(allowed), Objects.requireNonNull(description));
    }

    boolean allows(SpiffeId id) {
        return allowed.test(id);
    }

    /** Who is allowed, for messages. */
    @Override
    public String toString() {
        return description;
    }
}
