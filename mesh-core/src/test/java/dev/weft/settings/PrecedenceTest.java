package dev.weft.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who wins when several places speak of one setting. */
final class PrecedenceTest {
    @TempDir
    Path directory;

    private Places places;

    @BeforeEach
    void everyPlaceNamesTheService() {
        places = new Places(directory);
        places.written.put("service", "of-builder");
        places.properties.put("mesh.service", "of-property");
        places.variables.put("MESH_SERVICE", "of-variable");
        places.file("mesh.yaml", "mesh:\n  service: of-yaml\n");
        places.file("root/etc/podinfo/labels", "app=\"of-label\"\nversion=\"v7\"\n");
    }

    @Test
    void theBuilderWinsOverEverything() {
        assertThat(places.settings().service()).isEqualTo("of-builder");
        assertThat(places.settings().origins()).contains("service = of-builder, from the builder");
    }

    @Test
    void thenSystemPropertiesThenVariablesThenTheFileThenThePlatform() {
        places.written.remove("service");
        assertThat(places.settings().origins()).contains("service = of-property, from -Dmesh.service");

        places.properties.clear();
        assertThat(places.settings().origins()).contains("service = of-variable, from MESH_SERVICE");

        places.variables.clear();
        assertThat(places.settings().origins()).contains("service = of-yaml, from mesh.yaml:2");

        places.file("mesh.yaml", "mesh:\n  namespace: shop\n");
        assertThat(places.settings().service()).isEqualTo("of-label");
        assertThat(places.settings().version()).isEqualTo("v7");
    }

    @Test
    void anEmptyVariableIsAsIfItWereNotSet() {
        places.written.remove("service");
        places.properties.clear();
        places.variables.put("MESH_SERVICE", "");

        assertThat(places.settings().service()).isEqualTo("of-yaml");
    }

    @Test
    void mapsAreMergedEntryByEntry() {
        places.written.put("labels.team", "builder");
        places.properties.put("mesh.labels.team", "property");
        places.properties.put("mesh.labels.tier", "property");
        places.variables.put("MESH_LABELS", "tier=variable, zone-class = variable");
        places.file("mesh.yaml", "mesh:\n  labels: {app.kubernetes.io/name: yaml, zone-class: yaml}\n");

        assertThat(places.settings().labels())
                .containsEntry("team", "builder")
                .containsEntry("tier", "property")
                .containsEntry("zone-class", "variable")
                .containsEntry("app.kubernetes.io/name", "yaml")
                .containsEntry("app", "of-label")
                .containsEntry("version", "v7");
    }

    @Test
    void theFileThatTheVariableNamesReplacesTheOneInTheWorkingDirectory() {
        places.written.remove("service");
        places.properties.clear();
        places.variables.clear();
        places.variables.put("MESH_CONFIG", "etc/other.yaml");
        places.file("etc/other.yaml", "mesh: {service: elsewhere}");

        assertThat(places.settings().origins()).contains("service = elsewhere, from etc/other.yaml:1");
    }

    @Test
    void kubernetesSaysNamespaceInstanceAndAddress() {
        places.file("root/var/run/secrets/kubernetes.io/serviceaccount/namespace", "shop\n");
        places.variables.put("HOSTNAME", "reviews-v2-7d9f");
        places.variables.put("POD_IP", "10.1.2.3");

        assertThat(places.settings())
                .returns("shop", Settings::namespace)
                .returns("reviews-v2-7d9f", Settings::instance)
                .returns("10.1.2.3", Settings::address);
    }

    @Test
    void theNameOfALaptopIsNoInstance() {
        places.variables.put("HOSTNAME", "my-laptop");

        assertThat(places.settings().instance()).isEmpty();
    }

    @Test
    void defaultsAreSaidToo() {
        assertThat(places.settings().origins())
                .contains(
                        "controlPlane = localhost:15010, from the default",
                        "whenUnconfigured = hold 5s, from the default");
        assertThat(places.settings().dataDirectory())
                .isEqualTo(directory.resolve("home/.local/state/weft/default/of-builder"));
    }
}
