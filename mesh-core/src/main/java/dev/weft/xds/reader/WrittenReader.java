package dev.weft.xds.reader;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.config.Origin;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Written;
import dev.weft.proto.envoy.config.core.v3.Metadata;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which bounds of a route somebody wrote. mesh-control says so in the route's metadata: {@code dev.weft: {written: {timeout: {}}}},
 * with the place where that is not the route's own. Others do not, and then it is told from the values: a timeout above zero, and
 * a retry policy that is not Istio's default, were written.
 */
final class WrittenReader {
    private WrittenReader() {}

    /**
     * @param timeout of the route, if the message has one that bounds anything
     * @param retry of the route or its virtual host, or null: neither has one
     */
    static Written read(Metadata metadata, @Nullable Duration timeout, @Nullable RetryPolicy retry) {
        Struct weft = metadata.getFilterMetadataOrDefault("dev.weft", Struct.getDefaultInstance());
        Value written = weft.getFieldsMap().get("written");
        Origin route = Objects.requireNonNullElse(OriginReader.read(metadata), Origin.UNKNOWN);
        if (written != null && written.hasStructValue()) {
            return new Written(
                    place(written.getStructValue(), "timeout", route),
                    place(written.getStructValue(), "retries", route),
                    place(written.getStructValue(), "perTryTimeout", route));
        }
        return new Written(
                timeout == null ? null : route,
                isWritten(retry, metadata) ? route : null,
                retry == null || retry.perTryTimeout() == null ? null : route);
    }

    private static @Nullable Origin place(Struct written, String field, Origin route) {
        Value value = written.getFieldsMap().get(field);
        return value == null ? null : Objects.requireNonNullElse(OriginReader.read(value.getStructValue(), ""), route);
    }

    /**
     * A route of a VirtualService without a policy was told {@code attempts: 0}: where nobody says anything, istiod writes the
     * default. Whom that avoids depends on the cluster, so it is left out of the comparison.
     */
    private static boolean isWritten(@Nullable RetryPolicy retry, Metadata metadata) {
        return retry == null
                ? metadata.containsFilterMetadata("istio")
                : !retry.withAvoidPreviousHosts(true).equals(RetryPolicy.ISTIO_DEFAULT);
    }
}
