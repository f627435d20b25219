package dev.weft.xds.reader;

import dev.weft.config.AccessCondition;
import dev.weft.config.Cidr;
import dev.weft.config.HeaderMatch;
import dev.weft.config.MetadataMatch;
import dev.weft.config.StringMatch;
import dev.weft.config.ValueMatch;
import dev.weft.proto.envoy.config.core.v3.CidrRange;
import dev.weft.proto.envoy.config.rbac.v3.MetadataSource;
import dev.weft.proto.envoy.config.rbac.v3.SourcedMetadata;
import dev.weft.proto.envoy.config.route.v3.HeaderMatcher;
import dev.weft.proto.envoy.type.matcher.v3.DoubleMatcher;
import dev.weft.proto.envoy.type.matcher.v3.MetadataMatcher;
import dev.weft.proto.envoy.type.matcher.v3.PathMatcher;
import dev.weft.proto.envoy.type.matcher.v3.ValueMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions that permissions and principals have in common. Null, with a problem, for one that is not understood. */
final class ConditionReader {
    private static final KnownFields PATH =
            KnownFields.of(PathMatcher.getDescriptor()).honours("path");
    private static final KnownFields METADATA =
            KnownFields.of(MetadataMatcher.getDescriptor()).honours("filter", "path", "value", "invert");
    private static final KnownFields VALUE = KnownFields.of(ValueMatcher.getDescriptor())
            .honours(
                    "null_match",
                    "double_match",
                    "string_match",
                    "bool_match",
                    "present_match",
                    "list_match",
                    "or_match");

    private ConditionReader() {}

    static @Nullable AccessCondition header(HeaderMatcher found, Place place) {
        HeaderMatch match = RouteMatchReader.header(found, place);
        return match == null ? null : new AccessCondition.Header(match);
    }

    static @Nullable AccessCondition path(PathMatcher found, Place place) {
        PATH.check(found, place);
        StringMatch match = Values.match(found.getPath(), place.at("path"));
        return match == null ? null : new AccessCondition.Path(match);
    }

    static @Nullable Cidr range(CidrRange found, Place place) {
        int length = found.getPrefixLen().getValue();
        Cidr range = Cidr.of(found.getAddressPrefix(), length);
        if (range == null) {
            place.refuse(
                    found.getAddressPrefix() + "/" + Integer.toUnsignedString(length),
                    "an IPv4 or IPv6 address and a prefix that is not longer");
        }
        return range;
    }

    static @Nullable AccessCondition metadata(SourcedMetadata found, Place place) {
        if (found.getMetadataSource() != MetadataSource.DYNAMIC) {
            place.refuse("metadata_source", found.getMetadataSource(), "DYNAMIC; routes carry no metadata here");
            return null;
        }
        return metadata(found.getMetadataMatcher(), place.at("metadata_matcher"));
    }

    static @Nullable AccessCondition metadata(MetadataMatcher found, Place place) {
        MetadataMatch match = match(found, place);
        return match == null ? null : new AccessCondition.Metadata(match);
    }

    /** A condition on what filters have noted about a request. */
    static @Nullable MetadataMatch match(MetadataMatcher found, Place place) {
        METADATA.check(found, place);
        List<String> path = new ArrayList<>(found.getPathCount());
        for (int i = 0; i < found.getPathCount(); i++) {
            path.add(found.getPath(i).getKey());
        }
        if (path.isEmpty()) {
            place.refuse("path", null, "one key at least");
        }
        ValueMatch value = value(found.getValue(), place.at("value"));
        return path.isEmpty() || value == null
                ? null
                : new MetadataMatch(found.getFilter(), path, value, found.getInvert());
    }

    private static @Nullable ValueMatch value(ValueMatcher found, Place place) {
        VALUE.check(found, place);
        switch (found.getMatchPatternCase()) {
            case NULL_MATCH:
                return new ValueMatch.Null();
            case BOOL_MATCH:
                return new ValueMatch.Bool(found.getBoolMatch());
            case PRESENT_MATCH:
                return new ValueMatch.Present(found.getPresentMatch());
            case STRING_MATCH:
                StringMatch text = Values.match(found.getStringMatch(), place.at("string_match"));
                return text == null ? null : new ValueMatch.Text(text);
            case DOUBLE_MATCH:
                return number(found.getDoubleMatch(), place.at("double_match"));
            case LIST_MATCH:
                ValueMatch element = value(
                        found.getListMatch().getOneOf(), place.at("list_match").at("one_of"));
                return element == null ? null : new ValueMatch.Element(element);
            case OR_MATCH:
                return some(found.getOrMatch().getValueMatchersList(), place.at("or_match"));
            default:
                place.refuse(null, "a condition on the value");
                return null;
        }
    }

    private static ValueMatch number(DoubleMatcher found, Place place) {
        return switch (found.getMatchPatternCase()) {
            case EXACT -> new ValueMatch.Number(found.getExact(), found.getExact());
            case RANGE ->
                new ValueMatch.Number(
                        found.getRange().getStart(), found.getRange().getEnd());
            case MATCHPATTERN_NOT_SET -> {
                place.refuse(null, "exact or range");
                yield new ValueMatch.Null();
            }
        };
    }

    private static ValueMatch some(List<ValueMatcher> found, Place place) {
        List<ValueMatch> read = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            ValueMatch value = value(found.get(i), place.at("value_matchers", i));
            if (value != null) {
                read.add(value);
            }
        }
        return new ValueMatch.OneOf(read);
    }
}
