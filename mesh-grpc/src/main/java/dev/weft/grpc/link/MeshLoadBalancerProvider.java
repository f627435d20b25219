package dev.weft.grpc.link;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.NameResolver.ConfigOrError;
import java.util.Map;

/** Makes {@code weft_mesh}, which resolvers of the mesh name in their service config. It has no settings. */
public final class MeshLoadBalancerProvider extends LoadBalancerProvider {
    public static final String POLICY = "weft_mesh";

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public int getPriority() {
        return 5;
    }

    @Override
    public String getPolicyName() {
        return POLICY;
    }

    @Override
    public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
        return new MeshLoadBalancer(helper);
    }

    @Override
    public ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> config) {
        return ConfigOrError.fromConfig(POLICY);
    }
}
