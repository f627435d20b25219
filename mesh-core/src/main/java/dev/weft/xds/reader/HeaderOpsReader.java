package dev.weft.xds.reader;

import dev.weft.config.HeaderOps;
import dev.weft.proto.envoy.config.core.v3.HeaderValue;
import dev.weft.proto.envoy.config.core.v3.HeaderValueOption;
import dev.weft.route.HeaderTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code request_headers_to_add} family. */
final class HeaderOpsReader {
    private static final KnownFields OPTION = KnownFields.of(HeaderValueOption.getDescriptor())
            .honours("header", "append", "append_action")
            // A value that renders empty is not sent; keeping it would send a bare name.
            .warns("keep_empty_value");
    private static final KnownFields VALUE =
            KnownFields.of(HeaderValue.getDescriptor()).honours("key", "value", "raw_value");

    private HeaderOpsReader() {}

    /** @param what {@code request} or {@code response} */
    static HeaderOps read(List<HeaderValueOption> add, List<String> remove, String what, Place place) {
        if (add.isEmpty() && remove.isEmpty()) {
            return HeaderOps.NONE;
        }
        List<HeaderOps.Setting> settings = new ArrayList<>(add.size());
        for (int i = 0; i < add.size(); i++) {
            HeaderOps.Setting setting = setting(add.get(i), place.at(what + "_headers_to_add", i));
            if (setting != null) {
                settings.add(setting);
            }
        }
        List<String> removals = new ArrayList<>(remove.size());
        for (int i = 0; i < remove.size(); i++) {
            String name = remove.get(i).toLowerCase(Locale.ROOT);
            if (name.isEmpty() || name.startsWith(":") || name.equals("host")) {
                place.at(what + "_headers_to_remove", i).refuse(name, "a header other than host and pseudo-headers");
            }
            removals.add(name);
        }
        return new HeaderOps(settings, removals);
    }

    private static HeaderOps.@Nullable Setting setting(HeaderValueOption option, Place place) {
        OPTION.check(option, place);
        VALUE.check(option.getHeader(), place.at("header"));
        String name = option.getHeader().getKey().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.startsWith(":") && !name.equals(":authority")) {
            place.refuse("header.key", name, "a header name; of the pseudo-headers only :authority can be set");
            return null;
        }
        String value = option.getHeader().getValue();
        if (value.isEmpty() && !option.getHeader().getRawValue().isEmpty()) {
            value = option.getHeader().getRawValue().toStringUtf8();
        }
        String problem = HeaderTemplate.problem(value);
        if (problem != null) {
            place.refuse("header.value", value, problem);
            return null;
        }
        return new HeaderOps.Setting(name, value, action(option, place));
    }

    @SuppressWarnings("deprecation") // `append` is what istiod and older control planes still write
    private static HeaderOps.Action action(HeaderValueOption option, Place place) {
        if (option.hasAppend()) {
            return option.getAppend().getValue() ? HeaderOps.Action.APPEND : HeaderOps.Action.OVERWRITE;
        }
        return switch (option.getAppendAction()) {
            case APPEND_IF_EXISTS_OR_ADD -> HeaderOps.Action.APPEND;
            case ADD_IF_ABSENT -> HeaderOps.Action.ADD_IF_ABSENT;
            case OVERWRITE_IF_EXISTS_OR_ADD -> HeaderOps.Action.OVERWRITE;
            case OVERWRITE_IF_EXISTS -> HeaderOps.Action.OVERWRITE_IF_PRESENT;
            case UNRECOGNIZED -> {
                place.refuse("append_action", option.getAppendActionValue(), "an action between 0 and 3");
                yield HeaderOps.Action.APPEND;
            }
        };
    }

    /** Both changes in one: {@code first}, and then {@code then} on its result. */
    static HeaderOps sequence(HeaderOps first, HeaderOps then) {
        if (then.isEmpty()) {
            return first;
        }
        if (first.isEmpty()) {
            return then;
        }
        // Removals come first in a HeaderOps; what the second would remove from the first's settings is left out here.
        Set<String> removedLater = new HashSet<>(then.remove());
        List<HeaderOps.Setting> settings = new ArrayList<>(first.set());
        settings.removeIf(setting -> removedLater.contains(setting.name()));
        settings.addAll(then.set());
        Set<String> removals = new HashSet<>(first.remove());
        removals.addAll(then.remove());
        return new HeaderOps(settings, List.copyOf(removals));
    }
}
