package dev.weft.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.MeshException;
import dev.weft.MeshState;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.spring.client.LateMesh;
import dev.weft.telemetry.MeshObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MeshBeanTest {

    @Test
    void oneDependencyAndANameMakeAMeshThatIsClosedWithItsContext() {
        AtomicReference<Mesh> seen = new AtomicReference<>();
        Contexts.shop().run(context -> {
            Mesh mesh = context.getBean(Mesh.class);
            seen.set(mesh);
            assertThat(mesh.state()).isEqualTo(MeshState.READY);
            assertThat(mesh.origins()).contains("service = shop, from spring.application.name in test");
            assertThat(context.getBean(LateMesh.class).get()).isSameAs(mesh);
        });
        assertThat(seen.get().state()).isEqualTo(MeshState.CLOSED);
    }

    @Test
    void withoutAMeshWhoeverAsksLateHearsSo() {
        Contexts.shop()
                .withPropertyValues("mesh.enabled=false", "mesh.nonsense=1")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(Mesh.class);
                    assertThat(context.getBean(LateMesh.class).get()).isNull();
                });
    }

    @Test
    void aMeshOfTheApplicationsOwnIsTheOne() {
        Mesh own = Mesh.builder().service("own").ignoreEnvironment().start();
        Contexts.named().withBean("mine", Mesh.class, () -> own).run(context -> {
            assertThat(context).getBean(Mesh.class).isSameAs(own);
            assertThat(context.getBean(LateMesh.class).get()).isSameAs(own);
        });
    }

    @Test
    void observersAndTheMeterRegistryOfTheApplicationAreTold() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AtomicReference<RequestHead> arrived = new AtomicReference<>();
        MeshObserver observer = new MeshObserver() {
            @Override
            public InboundObserver inbound(RequestHead head) {
                arrived.set(head);
                return InboundObserver.NONE;
            }
        };
        Contexts.shop()
                .withBean(SimpleMeterRegistry.class, () -> registry)
                .withBean(MeshObserver.class, () -> observer)
                .run(context -> {
                    assertThat(registry.get("mesh_control_plane_connected")
                                    .gauge()
                                    .value())
                            .isEqualTo(1);
                    RequestHead head = new RequestHead("GET", "http", "shop", "/", Headers.of(Map.of()));
                    context.getBean(Mesh.class).inbound().begin(head);
                    assertThat(arrived.get()).isNotNull();
                });
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aContextThatCannotStartSaysWhichSettingsAreWrong() {
        Contexts.named("mesh.ports.http=many").run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).hasRootCauseInstanceOf(MeshException.Configuration.class);
        });
    }
}
