package dev.weft.control.translate.inbound;

import dev.weft.proto.envoy.type.matcher.v3.MetadataMatcher;
import dev.weft.proto.envoy.type.matcher.v3.ValueMatcher;
import java.util.ArrayList;
import java.util.List;

/** Conditions on what some filter of Envoy's left behind: {@code experimental.envoy.filters.a.b[c]}. */
final class FilterMetadata {
    static final String PREFIX = "experimental.envoy.filters.";

    private FilterMetadata() {}

    /** @param values {@code [x]} for a list with such an element */
    static MetadataMatcher matcher(String key, List<String> values) {
        int open = key.indexOf('[');
        String filter = key.substring("experimental.".length(), open);
        String name = key.substring(open + 1, key.length() - 1);
        List<ValueMatcher> or = new ArrayList<>();
        for (String value : values) {
            boolean list = value.startsWith("[") && value.endsWith("]") && value.length() > 1;
            or.add(
                    list
                            ? Claims.listWith(Claims.oneOf(List.of(value.substring(1, value.length() - 1))))
                            : Claims.oneOf(List.of(value)));
        }
        return Claims.metadata(filter, List.of(name), Claims.or(or));
    }
}
