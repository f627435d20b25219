package dev.weft.xds.reader;

import dev.weft.proto.envoy.extensions.filters.http.cors.v3.Cors;
import dev.weft.proto.envoy.extensions.filters.http.fault.v3.HTTPFault;
import dev.weft.proto.envoy.extensions.filters.http.router.v3.Router;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.List;

/** Checks the HTTP filters of a listener that calls go out by. */
final class HttpFilterReader {
    static final String FAULT = "envoy.filters.http.fault";
    static final String CORS = "envoy.filters.http.cors";

    private static final KnownFields FILTER =
            KnownFields.of(HttpFilter.getDescriptor()).honours("name", "typed_config", "is_optional", "disabled");
    private static final KnownFields ROUTER = KnownFields.of(Router.getDescriptor())
            // Statistics, spans and logs, of which Weft has its own; timeouts that come in from outside are never
            // obeyed.
            .skips("dynamic_stats", "start_child_span", "upstream_log", "upstream_log_options", "strict_check_headers")
            .warns("suppress_envoy_headers", "suppress_grpc_request_failure_code_stats");

    private HttpFilterReader() {}

    static void check(List<HttpFilter> found, Place place) {
        for (int i = 0; i < found.size(); i++) {
            HttpFilter filter = found.get(i);
            Place at = place.at("http_filters", i);
            FILTER.check(filter, at);
            if (filter.getTypedConfig().is(HTTPFault.class)) {
                fault(filter, at.at("typed_config"));
            } else if (filter.getTypedConfig().is(Router.class)) {
                router(found, i, at);
            } else if (!isHarmless(filter)) {
                at.refuse(filter.getName(), "fault, cors, router, or a filter that is optional or counts only");
            }
        }
        if (found.isEmpty()) {
            place.refuse("http_filters", null, "filters, of which the last is the router");
        }
    }

    /** Routes say for themselves what they inject; none of the control planes known writes a fault for all of them. */
    private static void fault(HttpFilter filter, Place place) {
        HTTPFault message = Values.unpack(filter.getTypedConfig(), HTTPFault.class, place);
        if (message != null && !filter.getDisabled() && FaultReader.read(message, place) != null) {
            place.refuse(null, "an empty fault filter; faults are configured on routes and virtual hosts");
        }
    }

    private static void router(List<HttpFilter> found, int index, Place place) {
        Router router = Values.unpack(found.get(index).getTypedConfig(), Router.class, place.at("typed_config"));
        if (router != null) {
            ROUTER.check(router, place.at("typed_config"));
        }
        if (index != found.size() - 1) {
            place.refuse(found.get(index).getName(), "the router as the last filter");
        }
    }

    private static boolean isHarmless(HttpFilter filter) {
        return filter.getTypedConfig().is(Cors.class)
                || FilterOverrides.SKIPPED.contains(filter.getName())
                || filter.getIsOptional()
                || filter.getDisabled();
    }
}
