package dev.weft.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ads.View;
import dev.weft.control.cli.ExplainCommand;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * From YAML to xDS to decisions, as text that people review: {@code xds.json} and {@code decisions.txt} beside each configuration. To
 * accept a change, run with {@code -Dgolden.accept=true} and read the difference.
 */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|(\\S+)");

    @ParameterizedTest
    @ValueSource(strings = {"canary", "limits", "outside"})
    void whatIsMadeOfAConfigurationIsAsItWasReviewed(String name) throws IOException {
        Path directory = GOLDEN.resolve(name);
        String yaml = Files.readString(directory.resolve("config.yaml"));
        compare(directory.resolve("xds.json"), xds(new Mesh(yaml).view()));
        compare(directory.resolve("decisions.txt"), decisions(directory));
    }

    private static void compare(Path file, String actual) throws IOException {
        if (Boolean.getBoolean("golden.accept")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
    }

    private static String xds(View view) {
        JsonArray routes = new JsonArray();
        TreeSet<String> clusters = new TreeSet<>();
        for (String name : view.wildcard(ResourceType.VIRTUAL_HOST).keySet()) {
            if (!name.equals("*:0")) {
                RouteConfiguration table = Mesh.table(view, name);
                routes.add(Json.of(table));
                clusters.addAll(clusters(table));
            }
        }
        JsonObject all = new JsonObject();
        all.add("routes", routes);
        all.add("clusters", resources(view, ResourceType.CLUSTER, clusters));
        all.add("endpoints", resources(view, ResourceType.ENDPOINT, clusters));
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(all)
                + "\n";
    }

    private static TreeSet<String> clusters(RouteConfiguration table) {
        TreeSet<String> clusters = new TreeSet<>();
        table.getVirtualHosts(0).getRoutesList().forEach(route -> {
            if (route.getRoute().hasCluster()) {
                clusters.add(route.getRoute().getCluster());
            }
            route.getRoute().getWeightedClusters().getClustersList().forEach(choice -> clusters.add(choice.getName()));
            route.getRoute().getRequestMirrorPoliciesList().forEach(copy -> clusters.add(copy.getCluster()));
        });
        return clusters;
    }

    private static JsonArray resources(View view, ResourceType type, TreeSet<String> names) {
        JsonArray found = new JsonArray();
        for (String name : names) {
            var resource = view.resource(type, name);
            if (resource != null) {
                JsonElement json = type == ResourceType.CLUSTER
                        ? Json.of(Mesh.read(resource, Cluster.class))
                        : Json.of(Mesh.read(resource, ClusterLoadAssignment.class));
                found.add(json);
            }
        }
        return found;
    }

    private static String decisions(Path directory) throws IOException {
        StringBuilder out = new StringBuilder();
        for (String request : Files.readAllLines(directory.resolve("requests.txt"))) {
            List<String> arguments = new ArrayList<>(
                    List.of("--config", directory.resolve("config.yaml").toString()));
            Matcher words = ARGUMENT.matcher(request);
            while (words.find()) {
                arguments.add(words.group(1) != null ? words.group(1) : words.group(2));
            }
            StringWriter text = new StringWriter();
            new CommandLine(new ExplainCommand())
                    .setOut(new PrintWriter(text))
                    .setErr(new PrintWriter(text))
                    .execute(arguments.toArray(String[]::new));
            out.append("$ meshctl explain ")
                    .append(request)
                    .append('\n')
                    .append(text)
                    .append('\n');
        }
        return out.toString();
    }
}
