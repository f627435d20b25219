package dev.weft.grpc.target;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes targets of the form {@code mesh:///reviews:9090}. */
public final class MeshNameResolverProvider extends NameResolverProvider {

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        // Below DNS, so that a target without a scheme is no mesh: target.
        return 4;
    }

    @Override
    public String getDefaultScheme() {
        return TargetNames.SCHEME;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return List.of(InetSocketAddress.class);
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
        if (!TargetNames.SCHEME.equalsIgnoreCase(target.getScheme())) {
            return null;
        }
        return new MeshNameResolver(TargetNames.authority(target), args.getArg(Meshing.KEY), args);
    }
}
