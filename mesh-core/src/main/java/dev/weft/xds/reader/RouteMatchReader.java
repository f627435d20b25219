package dev.weft.xds.reader;

import dev.weft.config.Fraction;
import dev.weft.config.HeaderMatch;
import dev.weft.config.PathMatch;
import dev.weft.config.QueryMatch;
import dev.weft.config.RouteMatch;
import dev.weft.config.StringMatch;
import dev.weft.proto.envoy.config.route.v3.HeaderMatcher;
import dev.weft.proto.envoy.config.route.v3.QueryParameterMatcher;
import dev.weft.proto.envoy.type.v3.Int64Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code RouteMatch}. */
final class RouteMatchReader {
    private static final KnownFields MATCH = KnownFields.of(
                    dev.weft.proto.envoy.config.route.v3.RouteMatch.getDescriptor())
            .honours(
                    "prefix",
                    "path",
                    "safe_regex",
                    "path_separated_prefix",
                    "case_sensitive",
                    "runtime_fraction",
                    "headers",
                    "query_parameters",
                    "grpc");
    private static final KnownFields HEADER = KnownFields.of(HeaderMatcher.getDescriptor())
            .honours(
                    "name",
                    "exact_match",
                    "safe_regex_match",
                    "range_match",
                    "present_match",
                    "prefix_match",
                    "suffix_match",
                    "contains_match",
                    "string_match",
                    "invert_match",
                    "treat_missing_header_as_empty");
    private static final KnownFields QUERY =
            KnownFields.of(QueryParameterMatcher.getDescriptor()).honours("name", "string_match", "present_match");

    private RouteMatchReader() {}

    static RouteMatch read(dev.weft.proto.envoy.config.route.v3.RouteMatch found, Place place) {
        MATCH.check(found, place);
        List<HeaderMatch> headers = new ArrayList<>(found.getHeadersCount());
        for (int i = 0; i < found.getHeadersCount(); i++) {
            HeaderMatch header = header(found.getHeaders(i), place.at("headers", i));
            if (header != null) {
                headers.add(header);
            }
        }
        List<QueryMatch> query = new ArrayList<>(found.getQueryParametersCount());
        for (int i = 0; i < found.getQueryParametersCount(); i++) {
            query.add(query(found.getQueryParameters(i), place.at("query_parameters", i)));
        }
        Fraction fraction = found.hasRuntimeFraction()
                ? Values.fraction(found.getRuntimeFraction(), place.at("runtime_fraction"))
                : null;
        return new RouteMatch(path(found, place), headers, query, fraction, found.hasGrpc());
    }

    private static PathMatch path(dev.weft.proto.envoy.config.route.v3.RouteMatch found, Place place) {
        boolean caseSensitive =
                !found.hasCaseSensitive() || found.getCaseSensitive().getValue();
        switch (found.getPathSpecifierCase()) {
            case PREFIX:
                return new PathMatch.Prefix(found.getPrefix(), caseSensitive);
            case PATH:
                return new PathMatch.Exact(found.getPath(), caseSensitive);
            case PATH_SEPARATED_PREFIX:
                String prefix = found.getPathSeparatedPrefix();
                if (!prefix.startsWith("/") || prefix.endsWith("/") || prefix.contains("?") || prefix.contains("#")) {
                    place.refuse("path_separated_prefix", prefix, "a path that begins, but does not end, with /");
                }
                return new PathMatch.SegmentPrefix(prefix, caseSensitive);
            case SAFE_REGEX:
                String expression = Values.regex(found.getSafeRegex(), place.at("safe_regex"));
                return new PathMatch.Regex(expression == null ? "" : expression);
            case PATHSPECIFIER_NOT_SET:
                place.refuse(null, "one of prefix, path, path_separated_prefix, safe_regex");
                return new PathMatch.Prefix("/", true);
            default:
                // The field check has already refused the other specifiers by name.
                return new PathMatch.Prefix("/", true);
        }
    }

    static @Nullable HeaderMatch header(HeaderMatcher found, Place place) {
        HEADER.check(found, place);
        String name = found.getName().toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            place.refuse("name", "", "a header name");
        }
        HeaderMatch.Condition condition = condition(found, place);
        return condition == null
                ? null
                : new HeaderMatch(name, condition, found.getInvertMatch(), found.getTreatMissingHeaderAsEmpty());
    }

    @SuppressWarnings("deprecation") // the older specifiers are still what many control planes write
    private static HeaderMatch.@Nullable Condition condition(HeaderMatcher found, Place place) {
        switch (found.getHeaderMatchSpecifierCase()) {
            case EXACT_MATCH:
                return value(new StringMatch.Exact(found.getExactMatch(), false));
            case PREFIX_MATCH:
                return value(new StringMatch.Prefix(found.getPrefixMatch(), false));
            case SUFFIX_MATCH:
                return value(new StringMatch.Suffix(found.getSuffixMatch(), false));
            case CONTAINS_MATCH:
                return value(new StringMatch.Contains(found.getContainsMatch(), false));
            case SAFE_REGEX_MATCH:
                String expression = Values.regex(found.getSafeRegexMatch(), place.at("safe_regex_match"));
                return expression == null ? null : value(new StringMatch.Regex(expression));
            case STRING_MATCH:
                StringMatch match = Values.match(found.getStringMatch(), place.at("string_match"));
                return match == null ? null : value(match);
            case RANGE_MATCH:
                Int64Range range = found.getRangeMatch();
                return new HeaderMatch.Range(range.getStart(), range.getEnd());
            case PRESENT_MATCH:
                return new HeaderMatch.Present(found.getPresentMatch());
            default:
                // Envoy: a matcher with a name alone asks for presence.
                return new HeaderMatch.Present(true);
        }
    }

    private static HeaderMatch.Condition value(StringMatch match) {
        return new HeaderMatch.Value(match);
    }

    private static QueryMatch query(QueryParameterMatcher found, Place place) {
        QUERY.check(found, place);
        if (found.getName().isEmpty()) {
            place.refuse("name", "", "the name of a query parameter");
        }
        if (found.getQueryParameterMatchSpecifierCase()
                        == QueryParameterMatcher.QueryParameterMatchSpecifierCase.PRESENT_MATCH
                && !found.getPresentMatch()) {
            place.refuse("present_match", false, "true; absence of a query parameter cannot be a condition");
        }
        return new QueryMatch(
                found.getName(),
                found.hasStringMatch() ? Values.match(found.getStringMatch(), place.at("string_match")) : null);
    }
}
