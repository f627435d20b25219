package dev.weft.control.translate;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.control.catalog.Protocol;
import dev.weft.control.catalog.Rule;
import dev.weft.control.istio.HttpRoute;
import dev.weft.control.istio.Meta;
import dev.weft.proto.envoy.config.core.v3.Metadata;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in metadata where a resource was written, Istio's way and with file and line for people, and what xDS has no field for. */
final class Origins {
    static final String WEFT = "dev.weft";
    static final String ISTIO = "istio";

    private Origins() {}

    /**
     * Of a route.
     *
     * @param rule the VirtualService that rules
     * @param entry of it, or of a delegate
     * @param line of the match that the route is for, or of the entry
     */
    static Metadata of(Meta rule, Rule.Entry entry, int line) {
        Struct.Builder weft = place(entry.owner().file(), line);
        weft.putFields("resource", text(new Rule.Author(entry.owner(), entry.index(), line).title()));
        weft.putFields("written", struct(written(entry)));
        return Metadata.newBuilder()
                .putFilterMetadata(ISTIO, config("virtual-service", rule).build())
                .putFilterMetadata(WEFT, weft.build())
                .build();
    }

    /** Of a route that follows from the mesh's defaults alone. */
    static Metadata ofDefault() {
        Struct.Builder weft = Struct.newBuilder().putFields("written", struct(Struct.newBuilder()));
        return Metadata.newBuilder().putFilterMetadata(WEFT, weft.build()).build();
    }

    /** What is spoken on a port. */
    static Metadata ofPort(Protocol protocol) {
        Struct.Builder weft =
                Struct.newBuilder().putFields("protocol", text(protocol.name().toLowerCase(Locale.ROOT)));
        return Metadata.newBuilder().putFilterMetadata(WEFT, weft.build()).build();
    }

    /**
     * Which of the fields that a client may declare itself somebody wrote, each with the place where that is not the route's own. The
     * mesh's {@code defaultHttpRetryPolicy} is a default like Istio's.
     */
    private static Struct.Builder written(Rule.Entry entry) {
        Struct.Builder written = Struct.newBuilder();
        HttpRoute http = entry.route();
        if (http.timeout() != null) {
            written.putFields("timeout", author(entry.timeoutFrom()));
        }
        if (http.retries() != null) {
            written.putFields("retries", author(entry.retriesFrom()));
            if (http.retries().perTryTimeout() != null) {
                written.putFields("perTryTimeout", author(entry.retriesFrom()));
            }
        }
        return written;
    }

    private static Value author(Rule.@Nullable Author inherited) {
        return struct(
                inherited == null
                        ? Struct.newBuilder()
                        : place(inherited.meta().file(), inherited.line())
                                .putFields("resource", text(inherited.title())));
    }

    static Struct.Builder place(String file, int line) {
        return Struct.newBuilder()
                .putFields("file", text(file))
                .putFields("line", Value.newBuilder().setNumberValue(line).build());
    }

    /** {@code config: /apis/networking.istio.io/v1/namespaces/...} */
    static Struct.Builder config(String kind, Meta meta) {
        return Struct.newBuilder()
                .putFields(
                        "config",
                        text("/apis/networking.istio.io/v1/namespaces/" + meta.namespace() + "/" + kind + "/"
                                + meta.name()));
    }

    static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static Value struct(Struct.Builder fields) {
        return Value.newBuilder().setStructValue(fields).build();
    }
}
