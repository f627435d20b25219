package dev.weft.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.control.ads.Resource;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ads.View;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ten thousand services: what many clients share is made once, and what has not changed is not made again. */
class ScaleTest {
    private static final int SERVICES = 10_000;

    private static Mesh mesh() {
        Mesh mesh = new Mesh();
        for (int i = 0; i < SERVICES; i++) {
            mesh.register("s" + i + "-1", "s" + i, "v1", 8080, 30_000);
        }
        return mesh;
    }

    private static String cluster(int service) {
        return "outbound|8080||s" + service + ".default.svc.cluster.local";
    }

    @Test
    void aChangeOfOneServicesEndpointsLeavesTheRestAlone() {
        Mesh mesh = mesh();
        View before = mesh.view();
        Map<String, Resource> index = before.wildcard(ResourceType.VIRTUAL_HOST);
        assertThat(index).hasSize(SERVICES + 1);
        Resource[] endpoints = new Resource[SERVICES];
        for (int i = 0; i < SERVICES; i++) {
            endpoints[i] = before.resource(ResourceType.ENDPOINT, cluster(i));
        }
        mesh.register("s7-2", "s7", "v1", 8080, 30_001);
        View after = mesh.view();
        assertThat(mesh.view(Mesh.client("default", "app", "any"))).isSameAs(after);
        int changed = 0;
        for (int i = 0; i < SERVICES; i++) {
            changed += after.resource(ResourceType.ENDPOINT, cluster(i)) == endpoints[i] ? 0 : 1;
        }
        assertThat(changed).isEqualTo(1);
        Map<String, Resource> indexAfter = after.wildcard(ResourceType.VIRTUAL_HOST);
        assertThat(index.keySet())
                .allSatisfy(name -> assertThat(indexAfter.get(name)).isSameAs(index.get(name)));
    }
}
