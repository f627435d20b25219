package dev.weft.engine;

import dev.weft.config.Fraction;
import dev.weft.config.Mirror;
import dev.weft.config.UpstreamTls;
import dev.weft.upstream.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The copies of one call. Each has its own dice, counts in its own cluster's limits and is sent at most once; what becomes of
 * it changes nothing for the caller, who never waits for it. Used by handlers only.
 */
final class Mirrors {
    private final Tries tries;
    // Written by handlers; read by whoever asks for the explanation.
    private final List<OutboundAttempt> sent = new CopyOnWriteArrayList<>();
    private final List<String> leftOut = new CopyOnWriteArrayList<>();

    Mirrors(Tries tries) {
        this.tries = tries;
    }

    void send(List<Mirror> configured) {
        for (Mirror mirror : configured) {
            Fraction share = mirror.share();
            if (!share.never()
                    && (share.always()
                            || share.selects(tries.exchange.engine.dice().nextInt(share.denominator())))) {
                String obstacle = send(mirror.cluster());
                if (obstacle != null) {
                    leftOut.add("mirror to " + mirror.cluster() + " left out: " + obstacle);
                }
            }
        }
    }

    /** @return why not, or null */
    private @Nullable String send(String cluster) {
        OutboundExchange exchange = tries.exchange;
        Configuration configuration = exchange.configuration;
        Destination to =
                configuration == null ? null : configuration.destinations().get(cluster);
        if (to == null) {
            return "no such cluster";
        }
        if (!exchange.abilities.mirrors()) {
            return "the client in use cannot send copies";
        }
        if (!exchange.replayable) {
            return "the request body cannot be sent twice";
        }
        if (!to.tryStartRequest()) {
            return "the cluster's request limit is reached";
        }
        HostChoice choice = tries.choice.forCopy(to);
        Host host = to.pick(choice);
        if (host == null) {
            to.requestEnded();
            return "no healthy host, " + to.health();
        }
        UpstreamTls tls = TlsChoice.of(to.cluster(), host);
        String missing = TlsChoice.missing(
                tls, "https".equals(exchange.head.scheme()), exchange.abilities, exchange.engine.identity());
        if (missing != null) {
            to.requestEnded();
            return missing;
        }
        OutboundAttempt copy = new OutboundAttempt(tries, Attempt.Kind.MIRROR, 0, to, host, tls, choice, null);
        sent.add(copy);
        copy.send();
        return null;
    }

    /** Whether one may still be in flight; its time is the call's. */
    boolean running() {
        for (OutboundAttempt copy : sent) {
            if (!copy.dropped && !copy.closed) {
                return true;
            }
        }
        return false;
    }

    void cancel() {
        sent.forEach(OutboundAttempt::drop);
    }

    /** For the explanation. */
    List<String> steps() {
        List<String> steps = new ArrayList<>();
        for (OutboundAttempt copy : sent) {
            steps.add(copy + (copy.status == 0 ? "" : ": " + copy.status));
        }
        steps.addAll(leftOut);
        return steps;
    }
}
