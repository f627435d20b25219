package dev.weft.spring.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.core.Ordered;

/**
 * The mesh counts for readiness, whatever else does, and never for liveness: a restart would bring back neither a control plane nor a
 * certificate. {@code management.health.mesh.enabled=false} takes it out.
 */
final class MeshInReadiness implements HealthEndpointGroupsPostProcessor, Ordered {
    private static final String MESH = "mesh";
    private static final String READINESS = "readiness";
    private static final String LIVENESS = "liveness";

    @Override
    public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
        Map<String, HealthEndpointGroup> changed = new LinkedHashMap<>();
        for (String name : groups.getNames()) {
            HealthEndpointGroup group = groups.get(name);
            if (group != null) {
                changed.put(name, group);
            }
        }
        changed.computeIfPresent(READINESS, (name, group) -> new WithMesh(group, true));
        changed.computeIfPresent(LIVENESS, (name, group) -> new WithMesh(group, false));
        return HealthEndpointGroups.of(groups.getPrimary(), changed);
    }

    /** After Boot's, which makes the groups of the probes. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    private record WithMesh(HealthEndpointGroup group, boolean member) implements HealthEndpointGroup {
        @Override
        public boolean isMember(String name) {
            return name.equals(MESH) ? member : group.isMember(name);
        }

        @Override
        public boolean showComponents(SecurityContext context) {
            return group.showComponents(context);
        }

        @Override
        public boolean showDetails(SecurityContext context) {
            return group.showDetails(context);
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return group.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return group.getHttpCodeStatusMapper();
        }

        @Override
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return group.getAdditionalPath();
        }
    }
}
