package dev.weft.control.translate;

import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import dev.weft.config.ConfigProblem;
import dev.weft.config.Origin;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.core.v3.Metadata;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the file and line that a refused resource came from. */
final class Blame {
    /** Fixed, and applied to the paths of our own readers: not a pattern of anybody's policy. */
    private static final Pattern ROUTE = Pattern.compile("virtual_hosts\\[(\\d+)]\\.routes\\[(\\d+)].*");

    private Blame() {}

    static ConfigProblem place(ConfigProblem problem, Message message) {
        Metadata metadata = metadata(problem.field(), message);
        Origin origin = metadata == null ? null : origin(metadata);
        return origin == null || problem.origin() != null
                ? problem
                : new ConfigProblem(
                        problem.severity(),
                        problem.resource(),
                        problem.field(),
                        problem.value(),
                        problem.expectation(),
                        origin);
    }

    private static @Nullable Metadata metadata(String field, Message message) {
        if (message instanceof Cluster cluster) {
            return cluster.getMetadata();
        }
        Matcher route = ROUTE.matcher(field);
        if (message instanceof RouteConfiguration table && route.matches()) {
            VirtualHost host = table.getVirtualHosts(Integer.parseInt(route.group(1)));
            return host.getRoutes(Integer.parseInt(route.group(2))).getMetadata();
        }
        return null;
    }

    private static @Nullable Origin origin(Metadata metadata) {
        Struct weft = metadata.getFilterMetadataMap().get(Origins.WEFT);
        if (weft == null || !weft.containsFields("file")) {
            return null;
        }
        return new Origin(
                weft.getFieldsOrThrow("resource").getStringValue(),
                weft.getFieldsOrThrow("file").getStringValue(),
                (int) weft.getFieldsOrThrow("line").getNumberValue());
    }
}
