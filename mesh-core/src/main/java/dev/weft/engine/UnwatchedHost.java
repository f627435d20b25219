package dev.weft.engine;

import dev.weft.loadbalance.Selection;
import dev.weft.request.ResponseHead;
import dev.weft.upstream.Host;

/** Where the caller's URL points: one host that is no member of a cluster, so that there is nowhere to eject it from. */
sealed interface UnwatchedHost extends Destination permits OutsideHost, CallersHost {
    Host host();

    @Override
    default Host pick(Selection selection) {
        return host();
    }

    @Override
    default Object hosts() {
        return host();
    }

    @Override
    default boolean answered(Host answering, ResponseHead response, boolean grpc) {
        return false;
    }

    @Override
    default void answered(Host answering, Attempt.Closed end) {}

    @Override
    default void lost(Host lost, Attempt.Failure failure) {}

    @Override
    default boolean hashes() {
        return false;
    }
}
