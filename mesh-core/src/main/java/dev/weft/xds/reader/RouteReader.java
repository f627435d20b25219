package dev.weft.xds.reader;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.config.HeaderOps;
import dev.weft.config.RouteConfiguration;
import dev.weft.config.VirtualHost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code RouteConfiguration}, whole or inside a listener, and the {@code VirtualHost}s of the index. */
public final class RouteReader {
    /** Envoy's limit where nothing is said. */
    static final int DEFAULT_BODY_LIMIT = 4096;

    private static final KnownFields CONFIGURATION = KnownFields.of(
                    dev.weft.proto.envoy.config.route.v3.RouteConfiguration.getDescriptor())
            .honours(
                    "name",
                    "virtual_hosts",
                    "request_headers_to_add",
                    "request_headers_to_remove",
                    "response_headers_to_add",
                    "response_headers_to_remove",
                    "max_direct_response_body_size_bytes",
                    "request_mirror_policies",
                    "ignore_port_in_host_matching",
                    "typed_per_filter_config")
            // Routes and clusters may come in any order; a cluster that never comes answers 503 by itself.
            .skips("validate_clusters", "metadata");

    private RouteReader() {}

    /** Reads a route configuration; one bad route refuses all of it, as in Envoy. */
    public static Read<RouteConfiguration> read(String name, byte[] value) {
        Problems problems = new Problems("RouteConfiguration " + name);
        try {
            var found = dev.weft.proto.envoy.config.route.v3.RouteConfiguration.parseFrom(value);
            problems.checkName(name, "name", found.getName());
            return Read.of(problems, configuration(found, problems.root()));
        } catch (InvalidProtocolBufferException e) {
            problems.root().refuse(null, "a RouteConfiguration message: " + e.getMessage());
            return Read.of(problems, null);
        }
    }

    /**
     * Reads a virtual host of the index. One without routes is only a name ({@link VirtualHost#loaded} false); one with routes
     * is complete, as the outbound policy is.
     */
    public static Read<VirtualHost> readVirtualHost(String name, byte[] value) {
        Problems problems = new Problems("VirtualHost " + name);
        try {
            var found = dev.weft.proto.envoy.config.route.v3.VirtualHost.parseFrom(value);
            problems.checkName(name, "name", found.getName());
            VirtualHost host = VirtualHostReader.read(found, VirtualHostReader.Outer.NONE, problems.root());
            return Read.of(
                    problems,
                    host.routes().isEmpty() ? VirtualHost.indexed(host.name(), host.domains(), host.protocol()) : host);
        } catch (InvalidProtocolBufferException e) {
            problems.root().refuse(null, "a VirtualHost message: " + e.getMessage());
            return Read.of(problems, null);
        }
    }

    static RouteConfiguration configuration(
            dev.weft.proto.envoy.config.route.v3.RouteConfiguration found, Place place) {
        CONFIGURATION.check(found, place);
        HeaderOps request = HeaderOpsReader.read(
                found.getRequestHeadersToAddList(), found.getRequestHeadersToRemoveList(), "request", place);
        HeaderOps response = HeaderOpsReader.read(
                found.getResponseHeadersToAddList(), found.getResponseHeadersToRemoveList(), "response", place);
        int limit = found.hasMaxDirectResponseBodySizeBytes()
                ? found.getMaxDirectResponseBodySizeBytes().getValue()
                : DEFAULT_BODY_LIMIT;
        VirtualHostReader.Outer outer = new VirtualHostReader.Outer(
                request,
                response,
                ForwardReader.mirrors(found.getRequestMirrorPoliciesList(), place),
                FilterOverrides.read(found.getTypedPerFilterConfigMap(), place),
                limit);
        List<VirtualHost> hosts = new ArrayList<>(found.getVirtualHostsCount());
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < found.getVirtualHostsCount(); i++) {
            Place at = place.at("virtual_hosts", i);
            VirtualHost host = VirtualHostReader.read(found.getVirtualHosts(i), outer, at);
            for (String domain : host.domains()) {
                Integer earlier = seen.putIfAbsent(domain, i);
                if (earlier != null) {
                    at.refuse(
                            "domains",
                            domain,
                            "a domain that no other virtual host has; virtual_hosts[" + earlier + "] has it");
                }
            }
            hosts.add(host);
        }
        return new RouteConfiguration(found.getName(), hosts, found.getIgnorePortInHostMatching());
    }
}
