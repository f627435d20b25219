package dev.weft.grpc.link;

import dev.weft.engine.Attempt;
import io.grpc.CallOptions;

/** How an attempt of a call reaches the picker, which sends it to {@link Attempt#host()} encrypted as {@link Attempt#tls()} says. */
public final class AttemptOption {
    public static final CallOptions.Key<Attempt> KEY = CallOptions.Key.create("weft-attempt");

    private AttemptOption() {}
}
