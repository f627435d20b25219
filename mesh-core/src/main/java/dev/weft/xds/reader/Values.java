package dev.weft.xds.reader;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.weft.config.Fraction;
import dev.weft.config.StringMatch;
import dev.weft.proto.envoy.config.core.v3.RuntimeFractionalPercent;
import dev.weft.proto.envoy.type.matcher.v3.RegexMatcher;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import dev.weft.proto.envoy.type.v3.FractionalPercent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The small messages that many others contain. */
final class Values {
    private static final KnownFields STRING = KnownFields.of(StringMatcher.getDescriptor())
            .honours("exact", "prefix", "suffix", "safe_regex", "contains", "ignore_case");
    /** {@code google_re2} named the engine when there were thoughts of several; RE2 is what there is. */
    private static final KnownFields REGEX =
            KnownFields.of(RegexMatcher.getDescriptor()).honours("regex").skips("google_re2");

    private Values() {}

    /** A duration of zero or more; null, with a problem, for anything else. */
    static @Nullable Duration duration(com.google.protobuf.Duration found, Place place) {
        if (found.getSeconds() < 0 || found.getNanos() < 0 || found.getNanos() > 999_999_999) {
            place.refuse(found.getSeconds() + "." + found.getNanos() + "s", "a duration of 0s or more");
            return null;
        }
        // Nanoseconds are counted in a long; 292 years are enough for anybody, and istiod writes that where it means
        // for ever.
        return found.getSeconds() > Long.MAX_VALUE / 1_000_000_000L - 1
                ? Duration.ofNanos(Long.MAX_VALUE)
                : Duration.ofSeconds(found.getSeconds(), found.getNanos());
    }

    /** A duration above zero. */
    static @Nullable Duration positive(com.google.protobuf.Duration found, Place place) {
        Duration duration = duration(found, place);
        if (duration != null && duration.isZero()) {
            place.refuse("0s", "a duration above 0s");
            return null;
        }
        return duration;
    }

    static Fraction fraction(FractionalPercent found, Place place) {
        int denominator = switch (found.getDenominator()) {
            case TEN_THOUSAND -> 10_000;
            case MILLION -> 1_000_000;
            case HUNDRED -> 100;
            case UNRECOGNIZED -> {
                place.refuse("denominator", found.getDenominatorValue(), "HUNDRED, TEN_THOUSAND or MILLION");
                yield 100;
            }
        };
        if (found.getNumerator() < 0) {
            place.refuse("numerator", Integer.toUnsignedString(found.getNumerator()), "at most 2147483647");
            return Fraction.ALL;
        }
        return new Fraction(found.getNumerator(), denominator);
    }

    /** The default value; runtime keys name overrides of a running Envoy and have none here. */
    static Fraction fraction(RuntimeFractionalPercent found, Place place) {
        return fraction(found.getDefaultValue(), place.at("default_value"));
    }

    /** An RE2 expression that compiles; null, with a problem, if it does not. */
    static @Nullable String regex(RegexMatcher found, Place place) {
        REGEX.check(found, place);
        return regex(found.getRegex(), place.at("regex"));
    }

    static @Nullable String regex(String expression, Place place) {
        if (expression.isEmpty()) {
            place.refuse("", "an RE2 expression");
            return null;
        }
        try {
            Pattern.compile(expression);
            return expression;
        } catch (PatternSyntaxException e) {
            place.refuse(expression, "an RE2 expression: " + e.getDescription());
            return null;
        }
    }

    static @Nullable StringMatch match(StringMatcher found, Place place) {
        STRING.check(found, place);
        boolean ignoreCase = found.getIgnoreCase();
        switch (found.getMatchPatternCase()) {
            case EXACT:
                return new StringMatch.Exact(found.getExact(), ignoreCase);
            case PREFIX:
                return new StringMatch.Prefix(found.getPrefix(), ignoreCase);
            case SUFFIX:
                return new StringMatch.Suffix(found.getSuffix(), ignoreCase);
            case CONTAINS:
                return new StringMatch.Contains(found.getContains(), ignoreCase);
            case SAFE_REGEX:
                // Envoy: ignore_case has no effect on a regex.
                String expression = regex(found.getSafeRegex(), place.at("safe_regex"));
                return expression == null ? null : new StringMatch.Regex(expression);
            default:
                place.refuse(null, "one of exact, prefix, suffix, contains, safe_regex");
                return null;
        }
    }

    /** The message inside an Any; null, with a problem, if the bytes are broken. */
    static <T extends Message> @Nullable T unpack(Any any, Class<T> type, Place place) {
        try {
            T message = any.unpack(type);
            if (place.problems().strict()) {
                UnknownFields.refuse(message, place);
            }
            return message;
        } catch (InvalidProtocolBufferException e) {
            place.refuse(any.getTypeUrl(), "a readable message of that type: " + e.getMessage());
            return null;
        }
    }

    /** A text in a struct, or empty. */
    static String text(Struct struct, String key) {
        var value = struct.getFieldsMap().get(key);
        return value == null ? "" : value.getStringValue();
    }
}
