package dev.weft.grpc.target;

import dev.weft.Mesh;
import dev.weft.grpc.link.LinkTls;
import dev.weft.grpc.link.MeshLoadBalancerProvider;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.InternalManagedChannelBuilder;
import io.grpc.LoadBalancerRegistry;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolverRegistry;
import org.jspecify.annotations.Nullable;

/** Makes builders whose channels ask the mesh first. For adapters of transports; applications write {@code mesh.wrap(builder)}. */
public final class MeshTargets {
    private MeshTargets() {}

    /**
     * Makes the channels of a builder send calls to names of the mesh through the mesh; other names reach the resolvers that the builder
     * had. Does nothing to a builder for a socket address, which has no name, nor to one whose resolvers the user has replaced ({@code
     * nameResolverFactory}). Twice is harmless.
     *
     * @param tls what the builder's negotiator encrypts with where an address bears a {@link dev.weft.grpc.link.LinkSecurity}; null: it
     *     does not look, and hosts that need TLS are refused
     * @return the same builder
     */
    public static <B extends ManagedChannelBuilder<?>> B meshed(Mesh mesh, B builder, @Nullable LinkTls tls) {
        register();
        builder.setNameResolverArg(Meshing.KEY, new Meshing(mesh, tls));
        withoutRetriesOfItsOwn(builder);
        return builder;
    }

    /** A builder of the transport that gRPC prefers, for a name with an optional port, wrapped. */
    public static ManagedChannelBuilder<?> builder(Mesh mesh, String authority) {
        return mesh.<ManagedChannelBuilder<?>>wrap(MeshChannelProvider.ofTransport(TargetNames.target(authority)));
    }

    /** What class paths without service files (jars melted into one) do not let gRPC find. */
    private static synchronized void register() {
        LoadBalancerRegistry policies = LoadBalancerRegistry.getDefaultRegistry();
        if (policies.getProvider(MeshLoadBalancerProvider.POLICY) == null) {
            policies.register(new MeshLoadBalancerProvider());
        }
        NameResolverRegistry resolvers = NameResolverRegistry.getDefaultRegistry();
        if (!(resolvers.getProviderForScheme(TargetNames.SCHEME) instanceof MeshNameResolverProvider)) {
            resolvers.register(new MeshNameResolverProvider());
        }
        if (!(resolvers.getProviderForScheme("dns") instanceof DnsInFrontProvider)) {
            resolvers.register(new DnsInFrontProvider());
        }
    }

    /**
     * The engine retries; gRPC's own retries and its buffer for them are switched off where the target says that it is the mesh's. A
     * builder does not tell its target before it is built, and this is asked just before the channel takes the builder's settings over.
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // a builder is of its own type
    private static void withoutRetriesOfItsOwn(ManagedChannelBuilder<?> builder) {
        InternalManagedChannelBuilder.interceptWithTarget((ManagedChannelBuilder) builder, target -> {
            if (TargetNames.isMesh(target)) {
                builder.disableRetry();
            }
            return new Nothing();
        });
    }

    private static final class Nothing implements ClientInterceptor {
        @Override
        public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
            return next.newCall(method, options);
        }
    }
}
