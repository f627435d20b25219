package dev.weft.control.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ads.View;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a real istiod serves for the same configuration, compared as JSON. Intended differences, taken out of both sides: statistics
 * names and tracing decorations; Istio's own network filter; where secrets come from, and the first ALPN word, which announces that
 * filter; the short name of a service, for which istiod has the host; Weft's own metadata.
 */
class IstiodListingTest {
    private static final Path EXAMPLES = Files.isDirectory(Path.of("../../shared/xds-examples"))
            ? Path.of("../../shared/xds-examples")
            : Path.of("../shared/xds-examples");
    private static final List<String> INTENDED =
            List.of("decorator", "altStatName", "filters", "dev.weft", "sdsConfig", "alpnProtocols", "tlsParams");

    private View byName = new Mesh().view();
    private View sidecar = byName;

    @BeforeEach
    void translate() throws IOException {
        assumeTrue(Files.isDirectory(EXAMPLES), "istiod's listings are not beside the project");
        Mesh mesh = new Mesh(
                Files.readString(EXAMPLES.resolve("config/10-serviceentries.yaml")),
                Files.readString(EXAMPLES.resolve("config/20-traffic.yaml")));
        byName = mesh.view();
        sidecar = mesh.view(Mesh.client(Kind.ENVOY, "default"));
    }

    private static Map<String, JsonElement> listing(String file, String nameField) throws IOException {
        Map<String, JsonElement> resources = new TreeMap<>();
        JsonParser.parseString(Files.readString(EXAMPLES.resolve("sidecar/" + file)))
                .getAsJsonObject()
                .getAsJsonArray("resources")
                .forEach(element -> {
                    JsonObject resource = element.getAsJsonObject();
                    resource.remove("@type");
                    resources.put(resource.get(nameField).getAsString(), comparable(resource));
                });
        return resources;
    }

    /** Without what differs on purpose. */
    private static JsonElement comparable(JsonElement element) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(IstiodListingTest::comparable);
        } else if (element instanceof JsonObject object) {
            INTENDED.forEach(object::remove);
            if (object.has("services")) {
                object.getAsJsonArray("services")
                        .forEach(service -> service.getAsJsonObject().remove("name"));
            }
            if (object.has("name") && object.get("name").getAsString().endsWith("raw_buffer")) {
                object.remove("typedConfig");
            }
            object.entrySet().forEach(entry -> comparable(entry.getValue()));
            // What held nothing but a difference is gone with it.
            for (String holder : List.of("filterMetadata", "metadata")) {
                if (object.get(holder) instanceof JsonObject held && held.isEmpty()) {
                    object.remove(holder);
                }
            }
        }
        return element;
    }

    private static void assertSame(String name, JsonElement actual, JsonElement expected) {
        assertThat(Json.differences(name, comparable(actual), expected)).isEmpty();
    }

    @Test
    void routeTablesOfThePortAreIstiods() throws IOException {
        Map<String, JsonElement> expected = listing("rds.json", "name");
        assertThat(expected).isNotEmpty();
        expected.forEach((name, table) -> assertSame(name, Json.of(Mesh.table(sidecar, name)), table));
    }

    @Test
    void virtualHostsByNameAreThoseOfThePort() throws IOException {
        JsonObject table = listing("rds.json", "name").get("9080").getAsJsonObject();
        int compared = 0;
        for (JsonElement host : table.getAsJsonArray("virtualHosts")) {
            String name = host.getAsJsonObject().get("name").getAsString();
            if (!name.equals("allow_any")) {
                assertSame(name, Json.of(Mesh.table(byName, name).getVirtualHosts(0)), host);
                compared++;
            }
        }
        assertThat(compared).isEqualTo(2);
    }

    @Test
    void clustersAreIstiods() throws IOException {
        int compared = 0;
        for (Map.Entry<String, JsonElement> expected :
                listing("cds.json", "name").entrySet()) {
            // The others are Istio's ways into and out of a sidecar.
            if (expected.getKey().startsWith("outbound|")) {
                Cluster cluster = Mesh.read(byName.resource(ResourceType.CLUSTER, expected.getKey()), Cluster.class);
                assertSame(expected.getKey(), Json.of(cluster), expected.getValue());
                compared++;
            }
        }
        assertThat(compared).isEqualTo(9);
    }

    @Test
    void endpointsAreIstiods() throws IOException {
        Map<String, JsonElement> all = listing("eds.json", "clusterName");
        assertThat(all).isNotEmpty();
        all.forEach((name, expected) -> {
            ClusterLoadAssignment endpoints =
                    Mesh.read(byName.resource(ResourceType.ENDPOINT, name), ClusterLoadAssignment.class);
            assertSame(name, Json.of(endpoints), expected);
        });
    }
}
