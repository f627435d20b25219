package dev.weft.control.registry;

import java.time.Duration;

/**
 * How long instances keep their place while nobody hears of them.
 *
 * @param lost after its stream was lost without a goodbye. Long enough for a client to come back with its backoff; in the
 *     meantime callers' own outlier detection and retries deal with an instance that died
 * @param restart after a restart of the control plane, when all clients come back at once
 * @param massWindow expiries within this time count as one event: if they would take more than half of a service, they are
 *     held, because then it is rather the registry that lost its sight
 */
public record GracePeriods(Duration lost, Duration restart, Duration massWindow) {

    /** 30 s, 60 s, 60 s. */
    public static final GracePeriods DEFAULT =
            new GracePeriods(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(60));
}
