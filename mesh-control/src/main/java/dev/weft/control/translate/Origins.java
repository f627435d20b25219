package dev.weft.control.translate;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.control.istio.Meta;
import dev.weft.proto.envoy.config.core.v3.Metadata;
import java.util.List;

/** Says in metadata where a resource was written: Istio's way, and file and line for people. */
final class Origins {
    static final String WEFT = "dev.weft";
    static final String ISTIO = "istio";

    private Origins() {}

    /**
     * Of a route.
     *
     * @param rule the VirtualService that rules
     * @param owner the one that wrote this route: the same, or a delegate
     * @param index in {@code http} of the owner
     * @param defaulted fields whose value nobody wrote
     */
    static Metadata of(Meta rule, Meta owner, int index, int line, List<String> defaulted) {
        Struct.Builder weft = place(owner.file(), line);
        weft.putFields("resource", text(owner.title() + " http[" + index + "]"));
        putDefaulted(weft, defaulted);
        return Metadata.newBuilder()
                .putFilterMetadata(ISTIO, config("virtual-service", rule).build())
                .putFilterMetadata(WEFT, weft.build())
                .build();
    }

    /** Of a route that follows from the mesh's defaults alone. */
    static Metadata ofDefault(List<String> defaulted) {
        Struct.Builder weft = Struct.newBuilder();
        putDefaulted(weft, defaulted);
        return Metadata.newBuilder().putFilterMetadata(WEFT, weft.build()).build();
    }

    private static void putDefaulted(Struct.Builder weft, List<String> defaulted) {
        if (!defaulted.isEmpty()) {
            weft.putFields("defaulted", list(defaulted));
        }
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

    static Value list(List<String> values) {
        ListValue.Builder list = ListValue.newBuilder();
        values.forEach(value -> list.addValues(text(value)));
        return Value.newBuilder().setListValue(list).build();
    }
}
