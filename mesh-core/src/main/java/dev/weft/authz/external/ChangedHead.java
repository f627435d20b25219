package dev.weft.authz.external;

import dev.weft.config.HeaderOps;
import dev.weft.config.HeaderOps.Setting;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A request's head with an authorizer's changes. */
final class ChangedHead {
    private ChangedHead() {}

    static RequestHead of(RequestHead head, Verdict verdict) {
        RequestHead changed = head;
        if (!verdict.request().isEmpty()) {
            changed = changed.withHeaders(headers(changed.headers(), verdict.request()));
        }
        if (!verdict.query().isEmpty() || !verdict.withoutQuery().isEmpty()) {
            changed = changed.withPath(path(changed.path(), verdict.query(), Set.copyOf(verdict.withoutQuery())));
        }
        return changed;
    }

    /** Envoy: settings first, then removals. */
    private static Headers headers(Headers before, HeaderOps changes) {
        Headers.Builder headers = before.toBuilder();
        for (Setting setting : changes.set()) {
            boolean there = headers.first(setting.name()) != null;
            switch (setting.action()) {
                case APPEND -> headers.add(setting.name(), setting.value());
                case OVERWRITE -> headers.set(setting.name(), setting.value());
                case ADD_IF_ABSENT -> {
                    if (!there) {
                        headers.add(setting.name(), setting.value());
                    }
                }
                case OVERWRITE_IF_PRESENT -> {
                    if (there) {
                        headers.set(setting.name(), setting.value());
                    }
                }
            }
        }
        changes.remove().forEach(headers::remove);
        return headers.build();
    }

    private static String path(String path, Map<String, String> set, Set<String> remove) {
        int query = path.indexOf('?');
        List<String> parameters = new ArrayList<>();
        if (query >= 0 && query < path.length() - 1) {
            for (String parameter : path.substring(query + 1).split("&", -1)) {
                int equals = parameter.indexOf('=');
                String name = equals < 0 ? parameter : parameter.substring(0, equals);
                if (!remove.contains(name) && !set.containsKey(name)) {
                    parameters.add(parameter);
                }
            }
        }
        set.forEach((name, value) -> {
            if (!remove.contains(name)) {
                parameters.add(encoded(name) + "=" + encoded(value));
            }
        });
        String bare = query < 0 ? path : path.substring(0, query);
        return parameters.isEmpty() ? bare : bare + "?" + String.join("&", parameters);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
