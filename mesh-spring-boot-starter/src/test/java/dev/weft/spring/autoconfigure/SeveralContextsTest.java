package dev.weft.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.MeshState;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

class SeveralContextsTest {

    private static SpringApplicationBuilder parent() {
        return new SpringApplicationBuilder(App.Meshed.class)
                .properties("spring.application.name=shop", "mesh.ports.http=9080")
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .web(WebApplicationType.NONE);
    }

    @Test
    void aChildsServerIsAPortOfItsParentsMeshAndItsEndIsTheEndOfTheService() {
        ConfigurableApplicationContext child = parent().child(App.Servlets.class)
                .properties("server.port=0")
                .web(WebApplicationType.SERVLET)
                .registerShutdownHook(false)
                .run();
        Mesh mesh = child.getBean(Mesh.class);
        assertThat(child.getParent().getBean(Mesh.class)).isSameAs(mesh);
        int bound = ((WebServerApplicationContext) child).getWebServer().getPort();
        assertThat(mesh.servicePort(bound)).isEqualTo(9080);
        assertThat(mesh.health().reason()).isEmpty();

        child.close();
        assertThat(mesh.state()).isEqualTo(MeshState.DRAINING);
        ((ConfigurableApplicationContext) child.getParent()).close();
        assertThat(mesh.state()).isEqualTo(MeshState.CLOSED);
    }

    @Test
    void aChildThatServesNobodyEndsNothing() {
        ConfigurableApplicationContext child = parent().child(App.Meshed.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run();
        Mesh mesh = child.getBean(Mesh.class);
        child.close();
        assertThat(mesh.state()).isEqualTo(MeshState.READY);
        assertThat(mesh.health().reason()).isEmpty();
        ((ConfigurableApplicationContext) child.getParent()).close();
    }

    @Test
    void aRestartInTheSameJvmIsAnotherMesh() {
        ConfigurableApplicationContext first = parent().run();
        Mesh before = first.getBean(Mesh.class);
        first.close();
        try (ConfigurableApplicationContext second = parent().run()) {
            Mesh after = second.getBean(Mesh.class);
            assertThat(after).isNotSameAs(before);
            assertThat(after.state()).isEqualTo(MeshState.READY);
            assertThat(before.state()).isEqualTo(MeshState.CLOSED);
        }
        first.close();
    }
}
