package dev.weft.authz.jwt;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All providers of a stage, by name and by issuer. Immutable. */
final class Issuers {
    private final Map<String, Issuer> byName;
    private final Map<String, Issuer> byIssuer = new LinkedHashMap<>();
    private final TokenPlaces places;
    private final List<String> fields;

    Issuers(Map<String, Issuer> named) {
        byName = new TreeMap<>(named);
        byName.values().forEach(issuer -> byIssuer.putIfAbsent(issuer.said.issuer(), issuer));
        places = TokenPlaces.of(
                byName.values().stream().map(issuer -> issuer.said).toList());
        fields = byName.values().stream()
                .flatMap(issuer -> issuer.fields().stream())
                .distinct()
                .toList();
    }

    /** Names in a stage have been checked. */
    Issuer named(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    Collection<Issuer> all() {
        return byName.values();
    }

    /** Who answers for tokens of this issuer: the first by name that names it, else the first that takes any. */
    @Nullable
    Issuer of(String issuer) {
        Issuer own = byIssuer.get(issuer);
        return own == null ? byIssuer.get("") : own;
    }

    /** Where tokens of any of them are looked for. */
    TokenPlaces places() {
        return places;
    }

    /** Fields that only they may write. */
    List<String> fields() {
        return fields;
    }
}
