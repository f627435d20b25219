package dev.weft.grpc;

import dev.weft.engine.CallDefaults;
import dev.weft.engine.Explanation;
import dev.weft.identity.PeerIdentity;
import dev.weft.request.Hints;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Context;
import java.util.function.Supplier;

/** What gRPC's own carriers of per-call values carry for the mesh. */
public final class MeshGrpc {

    /** What a caller says about one call: {@code stub.withOption(MeshGrpc.HINTS, Hints.hashBy(user))}. */
    public static final CallOptions.Key<Hints> HINTS = CallOptions.Key.create("weft-hints");

    /** What a client declares about all of its calls where the policy is silent; set by frameworks. */
    public static final CallOptions.Key<CallDefaults> DEFAULTS = CallOptions.Key.create("weft-defaults");

    /** Of a client's call, as {@link io.grpc.ClientCall#getAttributes} shows it from its start on: what was decided, and why. */
    public static final Attributes.Key<Supplier<Explanation>> EXPLANATION = Attributes.Key.create("weft-explanation");

    /** In a guarded server's handlers: who calls. {@link PeerIdentity#ANONYMOUS} for plaintext, null outside of a guarded call. */
    public static final Context.Key<PeerIdentity> CALLER = Context.key("weft-caller");

    private MeshGrpc() {}
}
