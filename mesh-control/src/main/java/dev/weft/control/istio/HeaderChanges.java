package dev.weft.control.istio;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio's {@code headers}: changes to the request and to the response. */
public record HeaderChanges(Ops request, Ops response) {
    /** No change. */
    public static final HeaderChanges NONE = new HeaderChanges(Ops.NONE, Ops.NONE);

    /** Changes in one direction. */
    public record Ops(Map<String, String> set, Map<String, String> add, List<String> remove) {
        static final Ops NONE = new Ops(Map.of(), Map.of(), List.of());

        static Ops read(Fields fields) {
            return new Ops(fields.stringMap("set"), fields.stringMap("add"), fields.strings("remove"));
        }
    }

    static HeaderChanges read(Fields fields) {
        return new HeaderChanges(
                orNone(fields.message("request", Ops::read)), orNone(fields.message("response", Ops::read)));
    }

    private static Ops orNone(@Nullable Ops ops) {
        return ops == null ? Ops.NONE : ops;
    }
}
