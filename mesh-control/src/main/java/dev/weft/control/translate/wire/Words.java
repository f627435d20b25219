package dev.weft.control.translate.wire;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import dev.weft.control.istio.StringMatch;
import dev.weft.proto.envoy.config.core.v3.AggregatedConfigSource;
import dev.weft.proto.envoy.config.core.v3.ApiVersion;
import dev.weft.proto.envoy.config.core.v3.ConfigSource;
import dev.weft.proto.envoy.config.core.v3.SelfConfigSource;
import dev.weft.proto.envoy.type.matcher.v3.RegexMatcher;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import dev.weft.proto.envoy.type.v3.FractionalPercent;

/** The small messages that all writers need. Any thread. */
public final class Words {
    /** From where the rest is fetched: the same stream. */
    public static final ConfigSource ADS = ConfigSource.newBuilder()
            .setAds(AggregatedConfigSource.getDefaultInstance())
            .setResourceApiVersion(ApiVersion.V3)
            // Never wait for a resource by giving up on it: the stream is there or it is not.
            .setInitialFetchTimeout(Duration.getDefaultInstance())
            .build();

    /** The server that this came from, for streams of other kinds. */
    public static final ConfigSource SELF = ConfigSource.newBuilder()
            .setSelf(SelfConfigSource.getDefaultInstance())
            .build();

    private Words() {}

    public static Duration duration(java.time.Duration value) {
        return Duration.newBuilder()
                .setSeconds(value.getSeconds())
                .setNanos(value.getNano())
                .build();
    }

    public static UInt32Value uint32(long value) {
        return UInt32Value.of((int) value);
    }

    public static Any any(Message message) {
        return Any.pack(message);
    }

    public static RegexMatcher regex(String expression) {
        return RegexMatcher.newBuilder().setRegex(expression).build();
    }

    /** @param match not a mere presence */
    public static StringMatcher text(StringMatch match) {
        StringMatcher.Builder matcher = StringMatcher.newBuilder();
        if (match.regex() != null) {
            matcher.setSafeRegex(regex(match.regex()));
        } else if (match.prefix() != null) {
            matcher.setPrefix(match.prefix());
        } else {
            matcher.setExact(match.exact() == null ? "" : match.exact());
        }
        return matcher.build();
    }

    /** @param percent 0 to 100; Istio counts in steps of 0.0001 */
    public static FractionalPercent share(double percent) {
        return FractionalPercent.newBuilder()
                .setNumerator((int) Math.round(percent * 10_000))
                .setDenominator(FractionalPercent.DenominatorType.MILLION)
                .build();
    }
}
