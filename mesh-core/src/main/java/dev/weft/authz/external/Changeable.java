package dev.weft.authz.external;

import dev.weft.config.HeaderOps.Setting;
import java.util.Set;

/** Which fields an authorizer may write. */
final class Changeable {
    /** They say where a request goes and where it ends: whoever may change them after it was judged could have another one served. */
    private static final Set<String> FIXED = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "upgrade",
            "expect");

    private Changeable() {}

    /** Envoy leaves out what must not be changed, and so do we. */
    static boolean is(String lowerCaseName) {
        return !lowerCaseName.startsWith(":") && !FIXED.contains(lowerCaseName);
    }

    /** Whether this can stand in a head. What cannot would be another field, or a whole request. */
    static boolean isField(Setting setting) {
        String name = setting.name();
        boolean token = !name.isEmpty()
                && name.chars().allMatch(c -> c > ' ' && c < 0x7F && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
        return token && setting.value().chars().noneMatch(c -> c < ' ' && c != '\t' || c == 0x7F);
    }
}
