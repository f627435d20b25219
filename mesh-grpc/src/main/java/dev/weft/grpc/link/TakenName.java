package dev.weft.grpc.link;

import io.grpc.Attributes;
import io.grpc.NameResolver;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a resolver tells the load-balancing policy about a name that the mesh has taken. There are no addresses: each attempt brings its
 * own.
 */
public final class TakenName {
    @NameResolver.ResolutionResultAttr
    public static final Attributes.Key<TakenName> KEY = Attributes.Key.create("weft-taken-name");

    private final @Nullable MeshTarget target;
    private final @Nullable LinkTls tls;
    private final @Nullable Status refusal;

    // Written by the policy and read by the resolver, both within the channel's synchronization context.
    private boolean heard;

    private TakenName(@Nullable MeshTarget target, @Nullable LinkTls tls, @Nullable Status refusal) {
        this.target = target;
        this.tls = tls;
        this.refusal = refusal;
    }

    /** @param tls null: the transport cannot be told how to encrypt */
    public static TakenName of(MeshTarget target, @Nullable LinkTls tls) {
        return new TakenName(target, tls, null);
    }

    /** The name can be nobody's but the mesh's, and the mesh does not know it. */
    public static TakenName refused(Status why) {
        return new TakenName(null, null, why);
    }

    @Nullable
    MeshTarget target() {
        return target;
    }

    @Nullable
    LinkTls tls() {
        return tls;
    }

    @Nullable
    Status refusal() {
        return refusal;
    }

    void hear() {
        heard = true;
    }

    /** Whether it has reached the policy: a builder with its service config look-up switched off keeps the policy that it has. */
    public boolean heard() {
        return heard;
    }

    @Override
    public String toString() {
        return refusal == null ? String.valueOf(target) : "refused: " + refusal.getDescription();
    }
}
