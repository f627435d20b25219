package dev.weft.xds.reader;

import com.google.protobuf.Struct;
import dev.weft.config.HeaderOps;
import dev.weft.config.Mirror;
import dev.weft.config.PortProtocol;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.VirtualHost;
import dev.weft.proto.envoy.config.core.v3.Metadata;
import dev.weft.proto.envoy.config.route.v3.VirtualHost.TlsRequirementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code VirtualHost} and {@code Route}. */
final class VirtualHostReader {
    private static final KnownFields HOST = KnownFields.of(
                    dev.weft.proto.envoy.config.route.v3.VirtualHost.getDescriptor())
            .honours(
                    "name",
                    "domains",
                    "routes",
                    "require_tls",
                    "request_headers_to_add",
                    "request_headers_to_remove",
                    "response_headers_to_add",
                    "response_headers_to_remove",
                    "cors",
                    "typed_per_filter_config",
                    "include_request_attempt_count",
                    "retry_policy",
                    "hedge_policy",
                    "request_mirror_policies",
                    "metadata")
            .skips("virtual_clusters")
            .warns("include_attempt_count_in_response");
    private static final KnownFields ROUTE = KnownFields.of(dev.weft.proto.envoy.config.route.v3.Route.getDescriptor())
            .honours(
                    "name",
                    "match",
                    "route",
                    "redirect",
                    "direct_response",
                    "metadata",
                    "typed_per_filter_config",
                    "request_headers_to_add",
                    "request_headers_to_remove",
                    "response_headers_to_add",
                    "response_headers_to_remove")
            // Names for spans and statistics.
            .skips("decorator", "stat_prefix", "tracing");

    /** What the enclosing route configuration says for all of its virtual hosts. */
    record Outer(HeaderOps request, HeaderOps response, List<Mirror> mirrors, FilterOverrides filters, int bodyLimit) {
        static final Outer NONE = new Outer(
                HeaderOps.NONE, HeaderOps.NONE, List.of(), FilterOverrides.NONE, RouteReader.DEFAULT_BODY_LIMIT);
    }

    private VirtualHostReader() {}

    static VirtualHost read(dev.weft.proto.envoy.config.route.v3.VirtualHost found, Outer outer, Place place) {
        HOST.check(found, place);
        if (found.getRequireTls() != TlsRequirementType.NONE) {
            place.refuse("require_tls", found.getRequireTls(), "NONE; redirects to https are routes here");
        }
        FilterOverrides filters =
                FilterOverrides.read(found.getTypedPerFilterConfigMap(), place).within(outer.filters());
        filters = withHostCors(found, filters, place);
        List<Mirror> mirrors = ForwardReader.mirrors(found.getRequestMirrorPoliciesList(), place);
        HostRetries retries = HostRetries.read(found, place);
        Outer inner = new Outer(
                HeaderOps.NONE,
                HeaderOps.NONE,
                mirrors.isEmpty() ? outer.mirrors() : mirrors,
                filters,
                outer.bodyLimit());
        List<Route> routes = new ArrayList<>(found.getRoutesCount());
        for (int i = 0; i < found.getRoutesCount(); i++) {
            routes.add(route(found.getRoutes(i), inner, retries, place.at("routes", i)));
        }
        return new VirtualHost(
                found.getName(),
                domains(found, place),
                routes,
                found.getIncludeRequestAttemptCount(),
                HeaderOpsReader.sequence(
                        HeaderOpsReader.read(
                                found.getRequestHeadersToAddList(),
                                found.getRequestHeadersToRemoveList(),
                                "request",
                                place),
                        outer.request()),
                HeaderOpsReader.sequence(
                        HeaderOpsReader.read(
                                found.getResponseHeadersToAddList(),
                                found.getResponseHeadersToRemoveList(),
                                "response",
                                place),
                        outer.response()),
                true,
                protocol(found.getMetadata()));
    }

    /** Only mesh-control says it; a word that is newer than this version counts as none. */
    private static PortProtocol protocol(Metadata metadata) {
        Struct weft = metadata.getFilterMetadataOrDefault("dev.weft", Struct.getDefaultInstance());
        return switch (Values.text(weft, "protocol")) {
            case "grpc" -> PortProtocol.GRPC;
            case "tls" -> PortProtocol.TLS;
            case "tcp" -> PortProtocol.TCP;
            default -> PortProtocol.HTTP;
        };
    }

    /** Domains in lower case; the table has to look them up that way. */
    static List<String> domains(dev.weft.proto.envoy.config.route.v3.VirtualHost found, Place place) {
        if (found.getDomainsCount() == 0) {
            place.refuse("domains", null, "at least one domain");
        }
        List<String> domains = new ArrayList<>(found.getDomainsCount());
        for (int i = 0; i < found.getDomainsCount(); i++) {
            String domain = found.getDomains(i).toLowerCase(Locale.ROOT);
            int star = domain.indexOf('*');
            boolean wellFormed = !domain.isEmpty()
                    && (star < 0 || star == domain.lastIndexOf('*') && (star == 0 || star == domain.length() - 1));
            if (!wellFormed) {
                place.at("domains", i).refuse(domain, "a host, *, *.suffix or prefix.*");
            }
            domains.add(domain);
        }
        return domains;
    }

    @SuppressWarnings("deprecation") // the older home of CORS, still written by some
    private static FilterOverrides withHostCors(
            dev.weft.proto.envoy.config.route.v3.VirtualHost found, FilterOverrides filters, Place place) {
        return found.hasCors()
                ? new FilterOverrides(
                        filters.faultSaid(), filters.fault(), true, CorsReader.read(found.getCors(), place.at("cors")))
                : filters;
    }

    private static Route route(
            dev.weft.proto.envoy.config.route.v3.Route found, Outer outer, HostRetries ofHost, Place place) {
        ROUTE.check(found, place);
        FilterOverrides filters =
                FilterOverrides.read(found.getTypedPerFilterConfigMap(), place).within(outer.filters());
        filters = withRouteCors(found.getRoute(), filters, place);
        RouteMatch match = RouteMatch.everything();
        if (found.hasMatch()) {
            match = RouteMatchReader.read(found.getMatch(), place.at("match"));
        } else {
            place.refuse("match", null, "a condition");
        }
        return new Route(
                found.getName(),
                match,
                action(found, outer, ofHost, place),
                HeaderOpsReader.read(
                        found.getRequestHeadersToAddList(), found.getRequestHeadersToRemoveList(), "request", place),
                HeaderOpsReader.read(
                        found.getResponseHeadersToAddList(), found.getResponseHeadersToRemoveList(), "response", place),
                filters.fault(),
                filters.cors(),
                OriginReader.read(found.getMetadata()));
    }

    private static RouteAction action(
            dev.weft.proto.envoy.config.route.v3.Route found, Outer outer, HostRetries ofHost, Place place) {
        switch (found.getActionCase()) {
            case ROUTE:
                return ForwardReader.read(
                        found.getRoute(), ofHost, outer.mirrors(), found.getMetadata(), place.at("route"));
            case REDIRECT:
                return LocalActionReader.redirect(found.getRedirect(), place.at("redirect"));
            case DIRECT_RESPONSE:
                return LocalActionReader.direct(
                        found.getDirectResponse(), outer.bodyLimit(), place.at("direct_response"));
            case ACTION_NOT_SET:
                place.refuse(null, "one of route, redirect, direct_response");
                return new RouteAction.DirectReply(500, "");
            default:
                return new RouteAction.DirectReply(500, ""); // refused by the field check
        }
    }

    @SuppressWarnings("deprecation") // as above
    private static FilterOverrides withRouteCors(
            dev.weft.proto.envoy.config.route.v3.RouteAction found, FilterOverrides filters, Place place) {
        return found.hasCors()
                ? new FilterOverrides(
                        filters.faultSaid(),
                        filters.fault(),
                        true,
                        CorsReader.read(found.getCors(), place.at("route.cors")))
                : filters;
    }
}
