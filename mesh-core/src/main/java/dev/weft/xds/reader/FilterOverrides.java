package dev.weft.xds.reader;

import com.google.protobuf.Any;
import dev.weft.config.CorsPolicy;
import dev.weft.config.FaultInjection;
import dev.weft.proto.envoy.config.route.v3.FilterConfig;
import dev.weft.proto.envoy.extensions.filters.http.fault.v3.HTTPFault;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code typed_per_filter_config}: what a route, virtual host or route configuration says to the filters of the listener.
 *
 * @param faultSaid a fault configuration is there; it may say "none"
 * @param corsSaid likewise
 */
record FilterOverrides(
        boolean faultSaid,
        @Nullable FaultInjection fault,
        boolean corsSaid,
        @Nullable CorsPolicy cors) {
    static final FilterOverrides NONE = new FilterOverrides(false, null, false, null);

    /** Filters that only count, or carry what the telemetry of Weft carries in its own way. */
    static final Set<String> SKIPPED = Set.of(
            "istio.stats",
            "istio.metadata_exchange",
            "istio.alpn",
            "envoy.filters.http.grpc_stats",
            "istio.peer_metadata");

    static FilterOverrides read(Map<String, Any> found, Place place) {
        FilterOverrides result = NONE;
        for (Map.Entry<String, Any> entry : found.entrySet()) {
            result = result.with(
                    entry.getKey(), entry.getValue(), place.at("typed_per_filter_config", entry.getKey()), false);
        }
        return result;
    }

    private FilterOverrides with(String filter, Any any, Place place, boolean optional) {
        if (any.is(HTTPFault.class)) {
            HTTPFault message = Values.unpack(any, HTTPFault.class, place);
            return new FilterOverrides(true, message == null ? null : FaultReader.read(message, place), corsSaid, cors);
        }
        if (any.is(dev.weft.proto.envoy.extensions.filters.http.cors.v3.CorsPolicy.class)) {
            var message =
                    Values.unpack(any, dev.weft.proto.envoy.extensions.filters.http.cors.v3.CorsPolicy.class, place);
            return new FilterOverrides(
                    faultSaid, fault, true, message == null ? null : CorsReader.read(message, place));
        }
        if (any.is(FilterConfig.class)) {
            FilterConfig wrapped = Values.unpack(any, FilterConfig.class, place);
            if (wrapped == null) {
                return this;
            }
            if (wrapped.getDisabled()) {
                return switchedOff(filter, place);
            }
            return with(filter, wrapped.getConfig(), place.at("config"), wrapped.getIsOptional());
        }
        if (!optional && !SKIPPED.contains(filter)) {
            place.refuse(any.getTypeUrl(), "the configuration of a fault or cors filter");
        }
        return this;
    }

    private FilterOverrides switchedOff(String filter, Place place) {
        if (filter.equals(HttpFilterReader.FAULT)) {
            return new FilterOverrides(true, null, corsSaid, cors);
        }
        if (filter.equals(HttpFilterReader.CORS)) {
            return new FilterOverrides(faultSaid, fault, true, null);
        }
        if (!SKIPPED.contains(filter)) {
            place.refuse("disabled", true, "absent; only fault, cors and statistics filters can be switched off");
        }
        return this;
    }

    /** This, and where it says nothing, what the enclosing level says. */
    FilterOverrides within(FilterOverrides outer) {
        return new FilterOverrides(
                faultSaid || outer.faultSaid,
                faultSaid ? fault : outer.fault,
                corsSaid || outer.corsSaid,
                corsSaid ? cors : outer.cors);
    }
}
