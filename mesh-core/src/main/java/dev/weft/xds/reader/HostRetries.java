package dev.weft.xds.reader;

import dev.weft.config.RetryPolicy;
import dev.weft.proto.envoy.config.route.v3.HedgePolicy;
import org.jspecify.annotations.Nullable;

/**
 * What a virtual host says about repetitions; each half holds for the routes that say nothing about it themselves.
 *
 * @param policy null: nothing
 * @param hedges a try whose time is over goes on beside the next one
 */
record HostRetries(@Nullable RetryPolicy policy, boolean hedges) {
    // The other fields are not implemented by Envoy either, and ask for requests that nobody waits for.
    private static final KnownFields HEDGE =
            KnownFields.of(HedgePolicy.getDescriptor()).honours("hedge_on_per_try_timeout");

    static HostRetries read(dev.weft.proto.envoy.config.route.v3.VirtualHost found, Place place) {
        return new HostRetries(
                found.hasRetryPolicy()
                        ? RetryPolicyReader.read(found.getRetryPolicy(), place.at("retry_policy"))
                        : null,
                found.hasHedgePolicy() && hedges(found.getHedgePolicy(), place.at("hedge_policy")));
    }

    static boolean hedges(HedgePolicy found, Place place) {
        HEDGE.check(found, place);
        return found.getHedgeOnPerTryTimeout();
    }
}
