package dev.weft.route;

import dev.weft.config.HeaderOps;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseHead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link HeaderOps} of several levels made ready, the most specific level first, as Envoy evaluates them. */
final class HeaderEdits {
    private static final HeaderEdits NONE = new HeaderEdits(List.of());

    private final List<Level> levels;

    private HeaderEdits(List<Level> levels) {
        this.levels = levels;
    }

    static HeaderEdits of(HeaderOps... mostSpecificFirst) {
        List<Level> levels = new ArrayList<>();
        for (HeaderOps ops : mostSpecificFirst) {
            if (!ops.isEmpty()) {
                levels.add(new Level(
                        ops.remove(),
                        ops.set().stream()
                                .map(setting -> new Write(setting, HeaderTemplate.of(setting.value())))
                                .toList()));
            }
        }
        return levels.isEmpty() ? NONE : new HeaderEdits(levels);
    }

    boolean isEmpty() {
        return levels.isEmpty();
    }

    /**
     * Applies the edits.
     *
     * @return the new authority if an edit writes one, else null
     */
    @Nullable
    String apply(Headers.Builder headers, RequestHead request, @Nullable ResponseHead response) {
        String authority = null;
        for (Level level : levels) {
            level.remove.forEach(headers::remove);
            for (Write write : level.writes) {
                String value = write.template.render(request, response);
                if (value == null) {
                    continue;
                }
                String name = write.setting.name();
                if (response == null && (name.equals("host") || name.equals(":authority"))) {
                    authority = value;
                } else {
                    write(headers, name, value, write.setting.action());
                }
            }
        }
        return authority;
    }

    private static void write(Headers.Builder headers, String name, String value, HeaderOps.Action action) {
        boolean present = headers.first(name) != null;
        switch (action) {
            case APPEND -> headers.add(name, value);
            case ADD_IF_ABSENT -> {
                if (!present) {
                    headers.add(name, value);
                }
            }
            case OVERWRITE -> headers.set(name, value);
            case OVERWRITE_IF_PRESENT -> {
                if (present) {
                    headers.set(name, value);
                }
            }
        }
    }

    private record Level(List<String> remove, List<Write> writes) {}

    private record Write(HeaderOps.Setting setting, HeaderTemplate template) {}
}
