package dev.weft.control.conformance;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Struct;
import dev.weft.config.Encryption;
import dev.weft.config.Locality;
import dev.weft.control.ads.ClientNode;
import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.Resource;
import dev.weft.control.registry.Health;
import dev.weft.control.registry.InstancePort;
import dev.weft.control.registry.Registration;
import dev.weft.control.store.ConfigSnapshot;
import dev.weft.control.validate.Checked;
import dev.weft.control.validate.Validator;
import dev.weft.request.Headers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One group of the authorization data: policies, a workload, and requests with what becomes of them. */
record AuthzCases(
        String group,
        Path directory,
        String namespace,
        Map<String, String> labels,
        String serviceAccount,
        int port,
        List<Case> cases) {
    private static final List<Path> PLACES = List.of(
            Path.of("../../shared/conformance/authz-decisions"), Path.of("../shared/conformance/authz-decisions"));

    /** A request and what is expected of it, as in cases.json. */
    record Case(String id, JsonObject request, JsonObject expected, AuthzTokens tokens) {
        String method() {
            return request.get("method").getAsString();
        }

        String host() {
            return request.get("host").getAsString();
        }

        String path() {
            return tokens.in(request.get("path").getAsString());
        }

        /** The identity in the caller's certificate, or null for plaintext. */
        @Nullable
        String identity() {
            return request.has("mtls_identity") ? request.get("mtls_identity").getAsString() : null;
        }

        Headers headers() {
            Headers.Builder headers = Headers.builder();
            if (request.has("headers")) {
                request.getAsJsonObject("headers").entrySet().forEach(entry -> {
                    List<JsonElement> values = entry.getValue().isJsonArray()
                            ? entry.getValue().getAsJsonArray().asList()
                            : List.of(entry.getValue());
                    values.forEach(value -> headers.add(entry.getKey(), tokens.in(value.getAsString())));
                });
            }
            return headers.build();
        }

        /** Where the outcome differs from what is expected. */
        List<String> differences(AuthzOutcome outcome) {
            List<String> found = new ArrayList<>();
            boolean refused = expected.has("connection");
            compare(found, "connection refused", refused, outcome.connectionRefused());
            if (refused || outcome.connectionRefused()) {
                return found;
            }
            compare(found, "allowed", expected.get("allowed").getAsBoolean(), outcome.allowed());
            compare(found, "status", expected.get("status").getAsInt(), outcome.status());
            for (String field : List.of("body", "www-authenticate")) {
                if (expected.has(field)) {
                    compare(found, field, expected.get(field).getAsString(), outcome.answer(field));
                }
            }
            expected.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("upstream_"))
                    .forEach(entry -> compare(
                            found,
                            entry.getKey(),
                            entry.getValue().getAsString(),
                            outcome.arrived(entry.getKey().substring("upstream_".length()))));
            return found;
        }

        private static void compare(List<String> found, String what, Object expected, @Nullable Object actual) {
            if (!expected.equals(actual)) {
                found.add(what + " " + actual + ", expected " + expected);
            }
        }
    }

    /** All groups; empty where the data is not there. */
    static List<AuthzCases> all() throws IOException {
        for (Path place : PLACES) {
            if (Files.isDirectory(place)) {
                AuthzTokens tokens = AuthzTokens.of(place.resolve("jwt-signing-key.pem"));
                try (Stream<Path> groups = Files.list(place)) {
                    List<AuthzCases> all = new ArrayList<>();
                    for (Path group : groups.filter(Files::isDirectory).sorted().toList()) {
                        all.add(read(group, tokens));
                    }
                    return all;
                }
            }
        }
        return List.of();
    }

    private static AuthzCases read(Path directory, AuthzTokens tokens) throws IOException {
        JsonObject json = JsonParser.parseString(Files.readString(directory.resolve("cases.json")))
                .getAsJsonObject();
        JsonObject workload = json.getAsJsonObject("workload");
        Map<String, String> labels = new HashMap<>();
        workload.getAsJsonObject("labels")
                .entrySet()
                .forEach(entry -> labels.put(entry.getKey(), entry.getValue().getAsString()));
        List<Case> cases = new ArrayList<>();
        for (JsonElement element : json.getAsJsonArray("cases")) {
            JsonObject one = element.getAsJsonObject();
            cases.add(new Case(
                    one.get("id").getAsString(),
                    one.getAsJsonObject("request"),
                    one.getAsJsonObject("expected"),
                    tokens));
        }
        return new AuthzCases(
                directory.getFileName().toString(),
                directory,
                workload.get("namespace").getAsString(),
                labels,
                workload.get("serviceAccount").getAsString(),
                workload.get("port").getAsInt(),
                cases);
    }

    /** Judged as a control plane judges its files. */
    ConfigSnapshot config() throws IOException {
        List<Resource<?>> resources = new ArrayList<>();
        for (Checked document : Validator.check(
                        "config.yaml", Files.readString(directory.resolve("config/config.yaml")))
                .documents()) {
            if (document.resource() == null || !document.problems().isEmpty()) {
                throw new IllegalArgumentException(document.problems().toString());
            }
            resources.add(document.resource());
        }
        return new ConfigSnapshot(group, IstioConfig.of(resources), MeshConfig.DEFAULT, List.of());
    }

    /** The workload as it asks the control plane. */
    ClientNode node() {
        Registration registration = new Registration(
                "reviews-1",
                1,
                namespace,
                "reviews",
                serviceAccount,
                labels,
                Locality.NONE,
                List.of(new InstancePort("http", "HTTP", port, "127.0.0.1", 30_000, Encryption.BOTH)),
                Health.HEALTHY);
        return new ClientNode(
                "reviews-1",
                ClientNode.Kind.WEFT,
                "",
                "",
                namespace,
                serviceAccount,
                labels,
                Locality.NONE,
                registration,
                Struct.getDefaultInstance());
    }
}
