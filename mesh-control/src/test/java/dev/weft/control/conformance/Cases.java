package dev.weft.control.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.control.explain.Asker;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.IstioParser;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.Parsed;
import dev.weft.control.istio.Resource;
import dev.weft.control.store.ConfigSnapshot;
import dev.weft.request.Headers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One group of the routing conformance data: a configuration and requests with what happens to them. */
record Cases(String group, Path directory, Asker asker, int port, List<Case> cases) {
    /** Beside the project's root, wherever the test runs. */
    private static final List<Path> PLACES =
            List.of(Path.of("../../shared/conformance/routing"), Path.of("../shared/conformance/routing"));

    /** @param expected as in cases.json */
    record Case(String id, JsonObject request, JsonObject expected) {
        String method() {
            return request.get("method").getAsString();
        }

        String host() {
            return request.get("host").getAsString();
        }

        String path() {
            return request.get("path").getAsString();
        }

        /** How the servers are to behave, or empty. */
        String backend() {
            return request.has("backend") ? request.get("backend").getAsString() : "";
        }

        Headers headers() {
            Headers.Builder headers = Headers.builder();
            if (request.has("headers")) {
                request.getAsJsonObject("headers").entrySet().forEach(entry -> {
                    JsonElement value = entry.getValue();
                    if (value instanceof JsonArray values) {
                        values.forEach(one -> headers.add(entry.getKey(), one.getAsString()));
                    } else {
                        headers.add(entry.getKey(), value.getAsString());
                    }
                });
            }
            return headers.build();
        }

        String text(String field) {
            return expected.has(field) && !expected.get(field).isJsonNull()
                    ? expected.get(field).getAsString()
                    : "";
        }
    }

    /** All groups; empty where the data is not there. */
    static List<Cases> all() throws IOException {
        for (Path place : PLACES) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> groups = Files.list(place)) {
                    List<Cases> all = new ArrayList<>();
                    for (Path group : groups.filter(Files::isDirectory).sorted().toList()) {
                        all.add(read(group));
                    }
                    return all;
                }
            }
        }
        return List.of();
    }

    private static Cases read(Path directory) throws IOException {
        JsonObject json = JsonParser.parseString(Files.readString(directory.resolve("cases.json")))
                .getAsJsonObject();
        JsonObject client = json.getAsJsonObject("client");
        Map<String, String> labels = new HashMap<>();
        client.getAsJsonObject("labels")
                .entrySet()
                .forEach(entry -> labels.put(entry.getKey(), entry.getValue().getAsString()));
        List<Case> cases = new ArrayList<>();
        for (JsonElement element : json.getAsJsonArray("cases")) {
            JsonObject one = element.getAsJsonObject();
            cases.add(new Case(
                    one.get("id").getAsString(), one.getAsJsonObject("request"), one.getAsJsonObject("expected")));
        }
        return new Cases(
                directory.getFileName().toString(),
                directory,
                new Asker(
                        client.get("namespace").getAsString(),
                        client.get("serviceAccount").getAsString(),
                        labels),
                json.get("listener_port").getAsInt(),
                cases);
    }

    ConfigSnapshot config() throws IOException {
        Path file = directory.resolve("config/config.yaml");
        List<Resource<?>> resources = new ArrayList<>();
        for (Parsed document :
                IstioParser.parse("config.yaml", Files.readString(file)).documents()) {
            if (document.refused() || document.resource() == null) {
                throw new IllegalArgumentException(document.problems().toString());
            }
            resources.add(document.resource());
        }
        MeshConfig.Parsed mesh = MeshConfig.parse("mesh.yaml", Files.readString(directory.resolve("mesh.yaml")));
        return new ConfigSnapshot(group, IstioConfig.of(resources), mesh.config(), List.of());
    }
}
