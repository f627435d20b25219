package dev.weft.grpc.target;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of gRPC's DNS resolver, which also resolves targets without a scheme. Builders that nobody wrapped get that resolver
 * itself. A registry of the builder's own ({@code nameResolverFactory}) could hold resolvers of one scheme only, whatever the target.
 */
public final class DnsInFrontProvider extends NameResolverProvider {
    private static final String DNS = "dns";

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        // Just above DNS, which has 5.
        return 6;
    }

    @Override
    public String getDefaultScheme() {
        return DNS;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return behind().getProducedSocketAddressTypes();
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
        NameResolverProvider behind = behind();
        Meshing meshing = args.getArg(Meshing.KEY);
        String path = target.getPath();
        // Who names a name server of his own wants its word; and gRPC knows "DNS" as a scheme, but has nothing that
        // resolves it.
        boolean plain =
                path != null && path.length() > 1 && target.getRawAuthority() == null && DNS.equals(target.getScheme());
        if (meshing == null || !plain) {
            return behind.newNameResolver(target, args);
        }
        return new NameInFront(
                meshing, path.substring(1), () -> Objects.requireNonNull(behind.newNameResolver(target, args)), args);
    }

    /** Who would be asked if this provider were not there. */
    private NameResolverProvider behind() {
        NameResolverRegistry registry = NameResolverRegistry.getDefaultRegistry();
        // Its methods exclude each other by this lock, so that nobody sees it without this provider.
        synchronized (registry) {
            registry.deregister(this);
            try {
                return Objects.requireNonNull(registry.getProviderForScheme(DNS), "gRPC has lost its DNS resolver");
            } finally {
                registry.register(this);
            }
        }
    }
}
