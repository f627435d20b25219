package dev.weft.engine;

import dev.weft.config.HashPolicy;
import dev.weft.loadbalance.RequestHash;
import dev.weft.loadbalance.Selection;
import dev.weft.route.RouteDecision;
import dev.weft.upstream.Host;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses a host for each attempt of a call: by hash, and away from the hosts and priorities that were tried. */
final class HostChoice {
    private final Tries tries;
    private final Selection selection = new Selection();

    // Made with the first pick that needs it; a call has one hash for all its attempts and copies.
    private @Nullable RequestHash hash;
    private boolean hashMade;

    HostChoice(Tries tries) {
        this.tries = tries;
    }

    /** For the next attempt, or null: none may be used. */
    @Nullable
    Host next() {
        Destination to = tries.destination;
        if (to.hashes()) {
            hashInto(selection);
        }
        if (tries.current == null) {
            return to.pick(selection);
        }
        selection.avoidPriorities(triedPriorities());
        int further = tries.policy.avoidPreviousHosts() ? tries.policy.hostSelectionAttempts() : 0;
        Host host = to.pick(selection.reselection(0));
        for (int n = 1; n <= further && host != null && tried(host); n++) {
            host = to.pick(selection.reselection(n));
        }
        return host;
    }

    /** For a copy of the call, which goes to another cluster. */
    @Nullable
    Host forCopy(Destination to, Selection ofCopy) {
        if (to.hashes()) {
            hashInto(ofCopy);
        }
        return to.pick(ofCopy);
    }

    /** How the last host came about. */
    Selection selection() {
        return selection;
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

    private void hashInto(Selection to) {
        if (!hashMade) {
            hashMade = true;
            String key = hint();
            OutboundEngine engine = tries.exchange.engine;
            hash = key != null
                    ? RequestHash.of(key)
                    : RequestHash.of(policies(), tries.base, engine.sourceHash(), engine.dice());
        }
        if (hash != null) {
            to.hash(hash.value());
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
        for (OutboundAttempt attempt = tries.current; attempt != null; attempt = attempt.previous) {
            if (attempt.host() == host) {
                return true;
            }
        }
        return false;
    }

    /** After every so many attempts the priorities that they went to are left out; Envoy's previous_priorities. */
    private long triedPriorities() {
        int frequency = tries.policy.avoidPreviousPriorities();
        OutboundAttempt newest = tries.current;
        if (frequency == 0 || newest == null || newest.number() < frequency) {
            return 0;
        }
        int counted = newest.number() / frequency * frequency;
        long tried = 0;
        for (OutboundAttempt attempt = newest; attempt != null; attempt = attempt.previous) {
            if (attempt.number() <= counted && attempt.priority < Long.SIZE) {
                tried |= 1L << attempt.priority;
            }
        }
        return tried;
    }
}
