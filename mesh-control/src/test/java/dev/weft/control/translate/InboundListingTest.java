package dev.weft.control.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.control.registry.InstancePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real istiod serves a workload for the same policies. */
class InboundListingTest {
    private static final Path EXAMPLES = Files.isDirectory(Path.of("../../shared"))
            ? Path.of("../../shared/xds-examples")
            : Path.of("../shared/xds-examples");

    private JsonObject theirs = new JsonObject();
    private JsonObject ours = new JsonObject();

    @BeforeEach
    void translate() throws IOException {
        assumeTrue(Files.isDirectory(EXAMPLES), "istiod's listings are not beside the project");
        theirs = StreamSupport.stream(
                        JsonParser.parseString(Files.readString(EXAMPLES.resolve("sidecar-inbound/lds.json")))
                                .getAsJsonObject()
                                .getAsJsonArray("resources")
                                .spliterator(),
                        false)
                .map(JsonElement::getAsJsonObject)
                .filter(listener -> listener.get("name").getAsString().equals("virtualInbound"))
                .findFirst()
                .orElseThrow();
        Mesh mesh = new Mesh(Files.readString(EXAMPLES.resolve("config/30-security.yaml")));
        // Inspectors have no fields, and no generated messages.
        ours = Json.of(mesh
                        .inbound(Mesh.workload(
                                "reviews", Mesh.http(9080), new InstancePort("grpc", "GRPC", 9090, "10.0.0.1", 30_090)))
                        .toBuilder()
                        .clearListenerFilters()
                        .build())
                .getAsJsonObject();
    }

    private static JsonObject chain(JsonObject listener, String name) {
        return StreamSupport.stream(listener.getAsJsonArray("filterChains").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(chain -> chain.get("name").getAsString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject manager(JsonObject chain) {
        JsonArray filters = chain.getAsJsonArray("filters");
        return filters.get(filters.size() - 1).getAsJsonObject().getAsJsonObject("typedConfig");
    }

    private static JsonElement filter(JsonObject manager, String name) {
        for (JsonElement filter : manager.getAsJsonArray("httpFilters")) {
            if (filter.getAsJsonObject().get("name").getAsString().equals(name)) {
                // A prefix for rules that are not there.
                filter.getAsJsonObject().getAsJsonObject("typedConfig").remove("shadowRulesStatPrefix");
                return filter;
            }
        }
        throw new AssertionError("no filter " + name);
    }

    @Test
    void eachPortIsMatchedAndJudgedAlike() {
        for (String name : List.of("0.0.0.0_9080", "0.0.0.0_9090", "virtualInbound-catchall-http")) {
            JsonObject own = manager(chain(ours, name));
            JsonObject his = manager(chain(theirs, name));
            assertThat(Json.differences(
                            name, filter(own, "envoy.filters.http.rbac"), filter(his, "envoy.filters.http.rbac")))
                    .isEmpty();
            for (String field : List.of(
                    "normalizePath",
                    "pathWithEscapedSlashesAction",
                    "useRemoteAddress",
                    "forwardClientCertDetails",
                    "setCurrentClientCertDetails",
                    "streamIdleTimeout",
                    "http2ProtocolOptions")) {
                assertThat(own.get(field)).as(name + " " + field).isEqualTo(his.get(field));
            }
        }
        assertThat(chain(ours, "0.0.0.0_9080").get("filterChainMatch"))
                .isEqualTo(chain(theirs, "0.0.0.0_9080").get("filterChainMatch"));
    }

    @Test
    void strictPortsTakeTheSameCertificatesAndNothingElse() {
        assertThat(ours.getAsJsonArray("filterChains"))
                .allSatisfy(chain -> assertThat(chain.getAsJsonObject().has("transportSocket"))
                        .isTrue());
        JsonObject own = chain(ours, "0.0.0.0_9080").getAsJsonObject("transportSocket");
        JsonObject his = chain(theirs, "0.0.0.0_9080").getAsJsonObject("transportSocket");
        withoutSource(own);
        withoutSource(his);
        assertThat(Json.differences("", own, his)).isEmpty();
    }

    /** Theirs come from an agent on the same machine. */
    private static void withoutSource(JsonElement element) {
        if (element instanceof JsonObject object) {
            object.remove("sdsConfig");
            object.entrySet().forEach(entry -> withoutSource(entry.getValue()));
        } else if (element instanceof JsonArray array) {
            array.forEach(InboundListingTest::withoutSource);
        }
    }
}
