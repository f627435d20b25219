package dev.weft.spring.actuate;

import dev.weft.Mesh;
import dev.weft.telemetry.Workload;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Who this process is in the mesh. */
public final class MeshInfoContributor implements InfoContributor {
    private final Mesh mesh;

    public MeshInfoContributor(Mesh mesh) {
        this.mesh = mesh;
    }

    @Override
    public void contribute(Info.Builder info) {
        Workload who = mesh.workload();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("service", who.service());
        details.put("namespace", who.namespace());
        if (!who.version().isEmpty()) {
            details.put("version", who.version());
        }
        mesh.identity().id().ifPresent(id -> details.put("identity", id.toString()));
        info.withDetail("mesh", details);
    }
}
