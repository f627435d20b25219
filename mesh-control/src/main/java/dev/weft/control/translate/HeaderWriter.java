package dev.weft.control.translate;

import dev.weft.control.istio.HeaderChanges;
import dev.weft.proto.envoy.config.core.v3.HeaderValue;
import dev.weft.proto.envoy.config.core.v3.HeaderValueOption;
import dev.weft.proto.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Header changes of a route or destination, ready to be put into either message.
 *
 * @param request fields to write to the request
 * @param requestRemove fields to remove from it
 * @param response fields to write to the response
 * @param responseRemove fields to remove from it
 * @param authority what {@code Host} is set to, or null: it is no header but the authority
 */
record HeaderWriter(
        List<HeaderValueOption> request,
        List<String> requestRemove,
        List<HeaderValueOption> response,
        List<String> responseRemove,
        @Nullable String authority) {

    static HeaderWriter of(HeaderChanges changes) {
        return new HeaderWriter(
                values(changes.request()),
                changes.request().remove(),
                values(changes.response()),
                changes.response().remove(),
                authority(changes.request()));
    }

    private static List<HeaderValueOption> values(HeaderChanges.Ops ops) {
        List<HeaderValueOption> out = new ArrayList<>();
        add(out, ops.set(), HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD);
        add(out, ops.add(), HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD);
        return out;
    }

    private static void add(List<HeaderValueOption> out, Map<String, String> values, HeaderAppendAction action) {
        new TreeMap<>(values).forEach((name, value) -> {
            if (!isAuthority(name)) {
                out.add(HeaderValueOption.newBuilder()
                        .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
                        .setAppendAction(action)
                        .build());
            }
        });
    }

    private static @Nullable String authority(HeaderChanges.Ops ops) {
        String found = null;
        for (Map<String, String> values : List.of(ops.add(), ops.set())) {
            for (Map.Entry<String, String> entry : values.entrySet()) {
                found = isAuthority(entry.getKey()) ? entry.getValue() : found;
            }
        }
        return found;
    }

    private static boolean isAuthority(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("host") || lower.equals(":authority");
    }
}
