package dev.weft.control.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.weft.control.explain.Explained;
import dev.weft.control.explain.OfflineMesh;
import dev.weft.request.RequestHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What explanations can tell without a request being made: cluster, status, path, host, header changes, mirrors, timeouts. */
class OfflineConformanceTest {

    @Test
    void explanationsAgreeWithWhatEnvoyDid() throws IOException {
        List<Cases> groups = Cases.all();
        assumeFalse(groups.isEmpty(), "the shared conformance data is not beside the project");
        Tally tally = new Tally();
        for (Cases group : groups) {
            OfflineMesh mesh = new OfflineMesh(group.config());
            for (Cases.Case one : group.cases()) {
                RequestHead head =
                        new RequestHead(one.method(), "http", one.host(), one.path(), one.headers(), group.port());
                tally.add(group.group(), one.id(), differences(one, mesh.explain(group.asker(), head)));
            }
        }
        tally.print("Routing conformance, offline");
        assertThat(tally.misses()).isEmpty();
    }

    private static List<String> differences(Cases.Case one, Explained told) {
        List<String> found = new ArrayList<>();
        JsonObject expected = one.expected();
        compare(found, "cluster", one.text("cluster"), told.cluster() == null ? "" : told.cluster());
        // What servers answer is not known offline; only the mesh's own answers are.
        if (expected.get("cluster").isJsonNull()) {
            compare(found, "status", one.text("status"), String.valueOf(told.status()));
            compare(found, "body", one.text("body"), told.body() == null ? "" : told.body());
            expected.getAsJsonObject("response_headers")
                    .entrySet()
                    .forEach(header -> compare(
                            found,
                            header.getKey(),
                            header.getValue().getAsString(),
                            told.responseHeaders().getOrDefault(header.getKey(), "")));
            return found;
        }
        Explained.Upstream upstream = told.upstream();
        if (upstream == null) {
            found.add("nothing goes upstream: " + told.steps());
            return found;
        }
        compare(found, "path", one.text("upstream_path"), upstream.path());
        compare(found, "host", one.text("upstream_host"), upstream.host());
        compare(found, "method", one.text("upstream_method"), upstream.method());
        Long perTry = told.timeouts().perTryMillis();
        Long whole = told.timeouts().requestMillis();
        String timeout = perTry != null ? perTry.toString() : whole != null ? whole.toString() : "";
        compare(found, "timeout", one.text("expected_rq_timeout_ms"), timeout);
        compare(found, "headers", requestHeaders(expected), withoutEnvoys(upstream.headersSet()));
        List<String> mirrors = new ArrayList<>();
        if (expected.has("mirrors")) {
            expected.getAsJsonArray("mirrors")
                    .forEach(mirror ->
                            mirrors.add(mirror.getAsJsonObject().get("cluster").getAsString()));
        }
        compare(
                found,
                "mirrors",
                mirrors,
                told.mirrors().stream().map(Explained.MirrorShown::cluster).toList());
        return found;
    }

    /** A repeated field is listed with its last value. */
    private static Map<String, String> requestHeaders(JsonObject expected) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> entry :
                expected.getAsJsonObject("request_headers_added_or_changed").entrySet()) {
            headers.put(entry.getKey(), entry.getValue().getAsString());
        }
        headers.remove("x-c"); // said twice by the caller, not changed by the mesh
        return withoutEnvoys(headers);
    }

    private static Map<String, String> withoutEnvoys(Map<String, String> headers) {
        Map<String, String> kept = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (!name.startsWith("x-envoy-")) {
                kept.put(name, value.substring(value.lastIndexOf(',') + 1));
            }
        });
        return kept;
    }

    private static void compare(List<String> found, String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            found.add(what + " " + actual + ", expected " + expected);
        }
    }
}
