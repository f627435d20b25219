package dev.weft.xds.reader;

import com.google.protobuf.BoolValue;
import dev.weft.config.CorsPolicy;
import dev.weft.config.Fraction;
import dev.weft.config.StringMatch;
import dev.weft.proto.envoy.config.core.v3.RuntimeFractionalPercent;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CorsPolicy}: the filter's configuration for a route, and the older form inside the route itself. */
final class CorsReader {
    private static final String[] HONOURED = {
        "allow_origin_string_match",
        "allow_methods",
        "allow_headers",
        "expose_headers",
        "max_age",
        "allow_credentials",
        "filter_enabled",
        "forward_not_matching_preflights"
    };
    private static final KnownFields FILTER = KnownFields.of(
                    dev.weft.proto.envoy.extensions.filters.http.cors.v3.CorsPolicy.getDescriptor())
            .honours(HONOURED)
            .skips("shadow_enabled");
    private static final KnownFields ROUTE = KnownFields.of(
                    dev.weft.proto.envoy.config.route.v3.CorsPolicy.getDescriptor())
            .honours(HONOURED)
            .skips("shadow_enabled");

    private CorsReader() {}

    static @Nullable CorsPolicy read(
            dev.weft.proto.envoy.extensions.filters.http.cors.v3.CorsPolicy found, Place place) {
        FILTER.check(found, place);
        if (found.hasFilterEnabled() && !enabled(found.getFilterEnabled(), place)) {
            return null;
        }
        return new CorsPolicy(
                origins(found.getAllowOriginStringMatchList(), place),
                found.getAllowMethods(),
                found.getAllowHeaders(),
                found.getExposeHeaders(),
                found.getMaxAge(),
                found.hasAllowCredentials() ? found.getAllowCredentials().getValue() : null,
                forwards(found.hasForwardNotMatchingPreflights(), found.getForwardNotMatchingPreflights()));
    }

    static @Nullable CorsPolicy read(dev.weft.proto.envoy.config.route.v3.CorsPolicy found, Place place) {
        ROUTE.check(found, place);
        if (found.hasFilterEnabled() && !enabled(found.getFilterEnabled(), place)) {
            return null;
        }
        return new CorsPolicy(
                origins(found.getAllowOriginStringMatchList(), place),
                found.getAllowMethods(),
                found.getAllowHeaders(),
                found.getExposeHeaders(),
                found.getMaxAge(),
                found.hasAllowCredentials() ? found.getAllowCredentials().getValue() : null,
                forwards(found.hasForwardNotMatchingPreflights(), found.getForwardNotMatchingPreflights()));
    }

    private static boolean enabled(RuntimeFractionalPercent found, Place place) {
        Fraction share = Values.fraction(found, place.at("filter_enabled"));
        if (!share.always() && !share.never()) {
            place.refuse("filter_enabled", share, "0 % or 100 %; CORS for a share of the requests is not supported");
        }
        return !share.never();
    }

    private static boolean forwards(boolean said, BoolValue value) {
        return !said || value.getValue();
    }

    private static List<StringMatch> origins(List<StringMatcher> found, Place place) {
        List<StringMatch> origins = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            StringMatch origin = Values.match(found.get(i), place.at("allow_origin_string_match", i));
            if (origin != null) {
                origins.add(origin);
            }
        }
        return origins;
    }
}
