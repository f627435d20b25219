package dev.weft.engine;

import dev.weft.config.HashPolicy;
import dev.weft.loadbalance.RequestHash;
import dev.weft.loadbalance.Selection;
import dev.weft.route.RouteDecision;
import dev.weft.upstream.Host;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses a host for each attempt of a call: by hash, and away from the hosts and priorities that were tried. */
final class HostChoice implements Selection {
    private final Tries tries;

    // Made with the first pick that needs it; a call has one hash for all its attempts and copies.
    private @Nullable RequestHash hash;
    private boolean hashMade;

    // Small types, because there is one of these for every call.
    private byte reselection;
    private int avoidedPriorities;

    // How the last pick came about.
    private int priority;
    private boolean degraded;
    private boolean panic;

    HostChoice(Tries tries) {
        this.tries = tries;
    }

    /** For the next attempt, or null: none may be used. */
    @Nullable
    Host next() {
        Destination to = tries.destination;
        if (to.hashes()) {
            makeHash();
        }
        if (tries.current == tries.earlier) {
            return to.pick(this);
        }
        avoidedPriorities = triedPriorities();
        reselection = 0;
        Host host = to.pick(this);
        int further =
                tries.policy.avoidPreviousHosts() ? Math.min(Byte.MAX_VALUE, tries.policy.hostSelectionAttempts()) : 0;
        while (host != null && reselection < further && tried(host)) {
            reselection++;
            host = to.pick(this);
        }
        return host;
    }

    /** For a copy of the call, which goes to another cluster: the same hash, and nothing tried yet. */
    HostChoice forCopy(Destination to) {
        HostChoice copy = new HostChoice(tries);
        if (to.hashes()) {
            makeHash();
            copy.hash = hash;
        }
        return copy;
    }

    @Override
    public boolean hashed() {
        return hash != null;
    }

    @Override
    public long hash() {
        return hash == null ? 0 : hash.value();
    }

    @Override
    public int reselection() {
        return reselection;
    }

    @Override
    public int avoidedPriorities() {
        return avoidedPriorities;
    }

    @Override
    public void came(int from, boolean ofDegraded, boolean inPanic) {
        priority = from;
        degraded = ofDegraded;
        panic = inPanic;
    }

    int priority() {
        return priority;
    }

    boolean degraded() {
        return degraded;
    }

    boolean panic() {
        return panic;
    }

    /** A {@code set-cookie} value that the response must carry, or null. */
    @Nullable
    String setCookie() {
        return hash == null ? null : hash.setCookie();
    }

    /** For explanations; null when the cluster does not hash. */
    @Nullable
    String describe() {
        if (!tries.destination.hashes()) {
            return null;
        }
        return hash == null
                ? "no hash: nothing that the route hashes is in the request, hosts are drawn"
                : "hash " + Long.toHexString(hash.value()) + " of "
                        + (hint() != null ? "the caller's key" : policies());
    }

    private void makeHash() {
        if (!hashMade) {
            hashMade = true;
            String key = hint();
            OutboundEngine engine = tries.exchange.engine;
            hash = key != null
                    ? RequestHash.of(key)
                    : RequestHash.of(policies(), tries.base, engine.sourceHash(), engine.dice());
        }
    }

    private @Nullable String hint() {
        return tries.exchange.options.hints().hashKey();
    }

    private List<HashPolicy> policies() {
        return tries.exchange.decision instanceof RouteDecision.Forward forward
                ? forward.action().hash()
                : List.of();
    }

    private boolean tried(Host host) {
        for (OutboundAttempt attempt = tries.current;
                attempt != null && attempt != tries.earlier;
                attempt = attempt.previous) {
            if (attempt.host() == host) {
                return true;
            }
        }
        return false;
    }

    /** After every so many attempts the priorities that they went to are left out; Envoy's previous_priorities. */
    private int triedPriorities() {
        int frequency = tries.policy.avoidPreviousPriorities();
        OutboundAttempt newest = tries.current;
        OutboundAttempt earlier = tries.earlier;
        int before = earlier == null ? 0 : earlier.number();
        if (frequency == 0 || newest == null || newest.number() - before < frequency) {
            return 0;
        }
        int counted = before + (newest.number() - before) / frequency * frequency;
        int tried = 0;
        for (OutboundAttempt attempt = newest; attempt != null && attempt != earlier; attempt = attempt.previous) {
            if (attempt.number() <= counted && attempt.priority < Integer.SIZE) {
                tried |= 1 << attempt.priority;
            }
        }
        return tried;
    }
}
