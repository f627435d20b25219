package dev.weft.control.translate;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.weft.proto.envoy.config.cluster.v3.Cluster;
import dev.weft.proto.envoy.config.endpoint.v3.ClusterLoadAssignment;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import dev.weft.proto.envoy.extensions.filters.http.fault.v3.HTTPFault;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import dev.weft.proto.envoy.extensions.filters.http.rbac.v3.RBAC;
import dev.weft.proto.envoy.extensions.filters.http.router.v3.Router;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import dev.weft.proto.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import dev.weft.proto.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import dev.weft.proto.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import dev.weft.proto.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** xDS as JSON, as istiod's listings and golden files have it. */
final class Json {
    private static final JsonFormat.TypeRegistry TYPES = JsonFormat.TypeRegistry.newBuilder()
            .add(Cluster.getDescriptor())
            .add(ClusterLoadAssignment.getDescriptor())
            .add(Listener.getDescriptor())
            .add(RouteConfiguration.getDescriptor())
            .add(CorsPolicy.getDescriptor())
            .add(HTTPFault.getDescriptor())
            .add(Router.getDescriptor())
            .add(HttpConnectionManager.getDescriptor())
            .add(PreviousHostsPredicate.getDescriptor())
            .add(PreviousPrioritiesConfig.getDescriptor())
            .add(UpstreamTlsContext.getDescriptor())
            .add(HttpProtocolOptions.getDescriptor())
            .add(DownstreamTlsContext.getDescriptor())
            .add(JwtAuthentication.getDescriptor())
            .add(ExtAuthz.getDescriptor())
            .add(RBAC.getDescriptor())
            .add(dev.weft.proto.envoy.extensions.filters.network.rbac.v3.RBAC.getDescriptor())
            .add(UriTemplateMatchConfig.getDescriptor())
            .build();

    private Json() {}

    static JsonElement of(Message message) {
        try {
            return JsonParser.parseString(
                    JsonFormat.printer().usingTypeRegistry(TYPES).print(withoutRawBuffers(message)));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Plaintext has no message of its own among those that Weft reads; its name says enough. */
    private static Message withoutRawBuffers(Message message) {
        if (!(message instanceof Cluster cluster)) {
            return message;
        }
        Cluster.Builder copy = cluster.toBuilder();
        copy.getTransportSocketMatchesBuilderList().forEach(match -> {
            if (match.getTransportSocket().getName().equals("envoy.transport_sockets.raw_buffer")) {
                match.getTransportSocketBuilder()
                        .setTypedConfig(Any.getDefaultInstance())
                        .clearTypedConfig();
            }
        });
        return copy.build();
    }

    /** Where two trees differ, as {@code path: is, expected}; the order of fields does not matter. */
    static List<String> differences(String path, @Nullable JsonElement actual, @Nullable JsonElement expected) {
        if (actual instanceof JsonObject is && expected instanceof JsonObject should) {
            Set<String> names = new TreeSet<>(is.keySet());
            names.addAll(should.keySet());
            return names.stream()
                    .flatMap(name -> differences(path + "." + name, is.get(name), should.get(name)).stream())
                    .toList();
        }
        if (actual instanceof JsonArray is && expected instanceof JsonArray should && is.size() == should.size()) {
            return IntStream.range(0, is.size())
                    .boxed()
                    .flatMap(i -> differences(path + "[" + i + "]", is.get(i), should.get(i)).stream())
                    .toList();
        }
        return Objects.equals(actual, expected)
                ? List.of()
                : List.of(path + ": is " + actual + ", expected " + expected);
    }
}
