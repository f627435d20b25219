package dev.weft.authz.jwt;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * For whom tokens may be meant. Compared as Envoy does, without {@code http://} or {@code https://} and without a slash at the end.
 *
 * @param bare empty = for anybody
 */
record Audiences(Set<String> bare) {

    static Audiences of(Collection<String> said) {
        return new Audiences(said.stream().map(Audiences::bare).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether one of a token's audiences is among them. */
    boolean allow(List<String> audiences) {
        if (bare.isEmpty()) {
            return true;
        }
        for (String audience : audiences) {
            if (bare.contains(bare(audience))) {
                return true;
            }
        }
        return false;
    }

    private static String bare(String audience) {
        int from = audience.startsWith("http://") ? 7 : audience.startsWith("https://") ? 8 : 0;
        int to = audience.endsWith("/") ? audience.length() - 1 : audience.length();
        return from < to ? audience.substring(from, to) : "";
    }
}
