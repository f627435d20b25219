package dev.weft.xds.reader;

import com.google.protobuf.Any;
import dev.weft.config.InboundStage;
import dev.weft.proto.envoy.extensions.filters.http.cors.v3.Cors;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import dev.weft.proto.envoy.extensions.filters.http.fault.v3.HTTPFault;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import dev.weft.proto.envoy.extensions.filters.http.rbac.v3.RBAC;
import dev.weft.proto.envoy.extensions.filters.http.router.v3.Router;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The HTTP filters of a listener for requests that come in: those that judge become stages, in their order. */
final class InboundFilterReader {
    private static final KnownFields FILTER =
            KnownFields.of(HttpFilter.getDescriptor()).honours("name", "typed_config", "is_optional", "disabled");

    /** Limits and encodings; nobody gets in by their absence who would not get in otherwise. */
    private static final Set<String> WARNED = Set.of(
            "envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit",
            "envoy.extensions.filters.http.ratelimit.v3.RateLimit",
            "envoy.extensions.filters.http.adaptive_concurrency.v3.AdaptiveConcurrency",
            "envoy.extensions.filters.http.admission_control.v3.AdmissionControl",
            "envoy.extensions.filters.http.compressor.v3.Compressor",
            "envoy.extensions.filters.http.decompressor.v3.Decompressor");

    private InboundFilterReader() {}

    static List<InboundStage> read(List<HttpFilter> found, Place place) {
        List<InboundStage> stages = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            HttpFilter filter = found.get(i);
            Place at = place.at("http_filters", i);
            FILTER.check(filter, at);
            // Off unless a route switches it on, and routes that do are refused.
            if (!filter.getDisabled()) {
                filter(filter, stages, at);
            }
        }
        return stages;
    }

    private static void filter(HttpFilter filter, List<InboundStage> stages, Place place) {
        Any any = filter.getTypedConfig();
        Place at = place.at("typed_config");
        if (any.is(RBAC.class)) {
            RBAC message = Values.unpack(any, RBAC.class, at);
            if (message != null) {
                stages.add(RbacReader.read(message, at));
            }
        } else if (any.is(JwtAuthentication.class)) {
            JwtAuthentication message = Values.unpack(any, JwtAuthentication.class, at);
            if (message != null) {
                stages.add(JwtReader.read(message, at));
            }
        } else if (any.is(ExtAuthz.class)) {
            ExtAuthz message = Values.unpack(any, ExtAuthz.class, at);
            if (message != null) {
                stages.add(ExternalAuthorizationReader.read(message, at));
            }
        } else if (any.is(HTTPFault.class)) {
            HTTPFault message = Values.unpack(any, HTTPFault.class, at);
            if (message != null && FaultReader.read(message, at) != null) {
                at.refuse(null, "an empty fault filter; faults are injected where calls go out");
            }
        } else if (WARNED.stream().anyMatch(type -> any.getTypeUrl().endsWith("/" + type))) {
            place.warn("typed_config", any.getTypeUrl(), "absent; Weft does not do this and goes on without");
        } else if (!isHarmless(filter)) {
            place.refuse(
                    filter.getName().isEmpty() ? any.getTypeUrl() : filter.getName(),
                    "rbac, jwt_authn, ext_authz, or a filter that is optional, counts only or routes");
        }
    }

    private static boolean isHarmless(HttpFilter filter) {
        Any any = filter.getTypedConfig();
        return any.is(Router.class)
                // Which origins may read an answer is said by routes, and those of a sidecar's application say nothing.
                || any.is(Cors.class)
                || FilterOverrides.SKIPPED.contains(filter.getName())
                || filter.getIsOptional();
    }
}
