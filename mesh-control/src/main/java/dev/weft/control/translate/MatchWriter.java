package dev.weft.control.translate;

import com.google.protobuf.BoolValue;
import dev.weft.control.istio.HttpMatch;
import dev.weft.control.istio.StringMatch;
import dev.weft.control.translate.wire.Words;
import dev.weft.proto.envoy.config.route.v3.HeaderMatcher;
import dev.weft.proto.envoy.config.route.v3.QueryParameterMatcher;
import dev.weft.proto.envoy.config.route.v3.RouteMatch;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the conditions that a request has to meet. */
final class MatchWriter {
    private MatchWriter() {}

    static RouteMatch everything() {
        return RouteMatch.newBuilder().setPrefix("/").build();
    }

    /** @param match null matches everything */
    static RouteMatch write(@Nullable HttpMatch match) {
        if (match == null) {
            return everything();
        }
        RouteMatch.Builder out = RouteMatch.newBuilder();
        out.setCaseSensitive(BoolValue.of(!match.ignoreUriCase()));
        writePath(match.uri(), out);
        // Sorted, so that equal conditions are written equally.
        new TreeMap<>(match.headers()).forEach((name, value) -> out.addHeaders(header(name, value)));
        new TreeMap<>(match.withoutHeaders()).forEach((name, value) -> out.addHeaders(without(name, value)));
        addPseudo(out, ":method", match.method());
        addPseudo(out, ":authority", match.authority());
        addPseudo(out, ":scheme", match.scheme());
        for (Map.Entry<String, StringMatch> query : new TreeMap<>(match.queryParams()).entrySet()) {
            out.addQueryParameters(query(query.getKey(), query.getValue()));
        }
        return out.build();
    }

    private static void writePath(@Nullable StringMatch uri, RouteMatch.Builder out) {
        if (uri == null || uri.isPresence()) {
            out.setPrefix("/");
        } else if (uri.exact() != null) {
            out.setPath(uri.exact());
        } else if (uri.regex() != null) {
            out.setSafeRegex(Words.regex(uri.regex()));
        } else {
            out.setPrefix(uri.prefix() == null ? "/" : uri.prefix());
        }
    }

    private static void addPseudo(RouteMatch.Builder out, String name, @Nullable StringMatch value) {
        if (value != null) {
            out.addHeaders(header(name, value));
        }
    }

    private static HeaderMatcher header(String name, StringMatch value) {
        HeaderMatcher.Builder out = HeaderMatcher.newBuilder().setName(name);
        return (acceptsAll(value) ? out.setPresentMatch(true) : out.setStringMatch(Words.text(value))).build();
    }

    private static HeaderMatcher without(String name, StringMatch value) {
        HeaderMatcher.Builder out =
                HeaderMatcher.newBuilder(header(name, value)).setInvertMatch(true);
        // A header that is absent does not have the unwanted value.
        return (acceptsAll(value) ? out : out.setTreatMissingHeaderAsEmpty(true)).build();
    }

    private static QueryParameterMatcher query(String name, StringMatch value) {
        QueryParameterMatcher.Builder out = QueryParameterMatcher.newBuilder().setName(name);
        return (value.isPresence() ? out.setPresentMatch(true) : out.setStringMatch(Words.text(value))).build();
    }

    /** Conditions that every value meets are written as presence, as Istio does. */
    private static boolean acceptsAll(StringMatch value) {
        return value.isPresence()
                || "".equals(value.exact())
                || "".equals(value.prefix())
                || ".*".equals(value.regex())
                || "*".equals(value.regex());
    }

    /** Whether nothing can come after this match. */
    static boolean isCatchAll(RouteMatch match) {
        boolean anyPath = match.hasPrefix() && match.getPrefix().equals("/")
                || match.hasSafeRegex() && match.getSafeRegex().getRegex().equals(".*");
        return anyPath && match.getHeadersCount() == 0 && match.getQueryParametersCount() == 0;
    }
}
