package dev.weft.grpc.target;

import dev.weft.grpc.call.MeshInterceptor;
import dev.weft.grpc.link.MeshLoadBalancerProvider;
import dev.weft.grpc.link.MeshTarget;
import dev.weft.grpc.link.TakenName;
import io.grpc.Attributes;
import io.grpc.InternalConfigSelector;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.NameResolver;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.NameResolver.ResolutionResult;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.util.List;
import java.util.Map;

/**
 * What a resolver of the mesh tells its channel: how calls begin, and which policy places their attempts. Calls begin in the interceptor
 * of a config selector, because that runs below the user's interceptors, once per call.
 */
final class Answers {
    private static final Map<String, Object> SERVICE_CONFIG =
            Map.of("loadBalancingConfig", List.of(Map.of(MeshLoadBalancerProvider.POLICY, Map.of())));

    private final String target;
    private final ConfigOrError config;

    // Written within the channel's synchronization context; read by whoever begins a call.
    private volatile InternalConfigSelector.Result last = InternalConfigSelector.Result.forError(Status.UNAVAILABLE);

    /** @param target for messages */
    Answers(String target, NameResolver.Args args) {
        this.target = target;
        config = args.getServiceConfigParser().parseServiceConfig(SERVICE_CONFIG);
    }

    /** The name is the mesh's. */
    void taken(NameResolver.Listener2 listener, Meshing meshing, MeshTarget named) {
        Object parsed = config.getConfig();
        if (parsed == null) {
            listener.onError(unusable(String.valueOf(config.getError())));
            return;
        }
        InternalConfigSelector.Result result = InternalConfigSelector.Result.newBuilder()
                .setConfig(parsed)
                .setInterceptor(new MeshInterceptor(named))
                .build();
        tell(listener, TakenName.of(named, meshing.tls()), result, () -> {});
    }

    /**
     * The name could be the mesh's only, and is not; calls fail at once.
     *
     * @param look runs before each call, which then begins as was answered last
     */
    void refused(NameResolver.Listener2 listener, Status why, Runnable look) {
        tell(listener, TakenName.refused(why), InternalConfigSelector.Result.forError(why), look);
    }

    private void tell(
            NameResolver.Listener2 listener, TakenName taken, InternalConfigSelector.Result result, Runnable look) {
        last = result;
        listener.onResult2(ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(List.of()))
                .setServiceConfig(config)
                .setAttributes(Attributes.newBuilder()
                        .set(TakenName.KEY, taken)
                        .set(InternalConfigSelector.KEY, new Last(look))
                        .build())
                .build());
        if (!taken.heard()) {
            // The channel keeps a policy and a selector of its own, and would not even say that it ignores these.
            listener.onError(
                    unusable("is disableServiceConfigLookUp() called on the builder? The mesh needs the look-up"));
        }
    }

    private Status unusable(String why) {
        return Status.UNAVAILABLE.withDescription(
                target + ": its channel takes no configuration from the mesh: " + why);
    }

    private final class Last extends InternalConfigSelector {
        private final Runnable look;

        Last(Runnable look) {
            this.look = look;
        }

        @Override
        public Result selectConfig(PickSubchannelArgs args) {
            look.run();
            return last;
        }
    }
}
