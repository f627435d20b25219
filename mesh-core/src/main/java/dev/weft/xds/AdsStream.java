package dev.weft.xds;

import com.google.rpc.Status;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One stream to a control plane, in one of the protocol's two variants. Control thread only, but for the listener. */
interface AdsStream {

    /** Type of the requests by which instances say how they are. */
    String HEALTH_TYPE = "type.googleapis.com/istio.v1.HealthInformation";

    /** Every name there is. */
    String WILDCARD = "*";

    /** Says what is wanted of a type from now on; sends only if that differs from what was said before. */
    void subscribe(ResourceType type, Wanted wanted);

    /** Accepts a push, or refuses it with the reasons. */
    void answer(Push push, @Nullable String refusal);

    /** Says how the instance is: null = well. */
    void health(@Nullable Status error);

    /** The call that carries it. */
    StreamCall<?, ?> call();

    /**
     * Keeps what is said from now on back, in order, until {@link #release}. What is said while a push is taken in waits until that
     * push is in force: who stops an instance once everybody has acknowledged that it is gone relies on it.
     */
    default void hold() {
        call().hold();
    }

    /** Sends what was kept back. */
    default void release() {
        call().release();
    }

    /** Asks for the next push; there is one at a time, so that a slow reader slows its sender. */
    default void next() {
        call().next();
    }

    /** Ends the stream from this side. */
    default void end(String reason) {
        call().end(reason);
    }

    /**
     * What is wanted of a type.
     *
     * @param wildcard everything, beside the names
     * @param explicit the wildcard is written as such, and not left to be understood from an empty list
     * @param names wanted by name
     * @param versions of what is here already; asked for by the first request of a stream only
     */
    record Wanted(boolean wildcard, boolean explicit, Set<String> names, Supplier<Map<String, String>> versions) {
        static Wanted names(Set<String> names, Supplier<Map<String, String>> versions) {
            return new Wanted(false, false, names, versions);
        }
    }

    /** Hears from a stream, on gRPC's threads. */
    interface Listener {
        void pushed(Push push);

        /** The last call. */
        void ended(io.grpc.Status status);
    }
}
