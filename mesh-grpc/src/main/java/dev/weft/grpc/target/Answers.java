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
                .setInterceptor(new MeshInterceptor(named.mesh(), named.authority()))
                .build();
        tell(listener, TakenName.of(named, meshing.tls()), result);
    }

    /** The name could be the mesh's only, and is not; calls fail at once. */
    void refused(NameResolver.Listener2 listener, Status why) {
        tell(listener, TakenName.refused(why), InternalConfigSelector.Result.forError(why));
    }

    private void tell(NameResolver.Listener2 listener, TakenName taken, InternalConfigSelector.Result result) {
        listener.onResult2(ResolutionResult.newBuilder()
                .setAddressesOrError(StatusOr.fromValue(List.of()))
                .setServiceConfig(config)
                .setAttributes(Attributes.newBuilder()
                        .set(TakenName.KEY, taken)
                        .set(InternalConfigSelector.KEY, new Always(result))
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

    private static final class Always extends InternalConfigSelector {
        private final Result result;

        Always(Result result) {
            this.result = result;
        }

        @Override
        public Result selectConfig(PickSubchannelArgs args) {
            return result;
        }
    }
}
