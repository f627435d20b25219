package dev.weft.authz.jwt;

import dev.weft.config.JwtProvider;
import dev.weft.config.JwtProvider.Location;
import dev.weft.request.RequestHead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All places where tokens of one or several providers are looked for, in Envoy's order: fields, parameters, cookies, each by name. */
final class TokenPlaces {
    private static final Comparator<Location> ORDER =
            Comparator.comparing(TokenPlaces::kind).thenComparing(TokenPlaces::key);

    private final List<TokenPlace> places;

    private TokenPlaces(List<TokenPlace> places) {
        this.places = places;
    }

    static TokenPlaces of(Collection<JwtProvider> providers) {
        Map<Location, Set<String>> issuers = new LinkedHashMap<>();
        for (JwtProvider provider : providers) {
            for (Location location : provider.locations()) {
                issuers.computeIfAbsent(location, first -> new HashSet<>()).add(provider.issuer());
            }
        }
        List<TokenPlace> places = new ArrayList<>();
        issuers.keySet().stream()
                .sorted(ORDER)
                .forEach(location -> places.add(new TokenPlace(location, Set.copyOf(issuers.get(location)))));
        return new TokenPlaces(List.copyOf(places));
    }

    private static int kind(Location location) {
        return location instanceof Location.Header ? 0 : location instanceof Location.Parameter ? 1 : 2;
    }

    private static String key(Location location) {
        return location instanceof Location.Header header ? header.name() + header.prefix() : location.name();
    }

    /** What is there; often nothing. */
    List<FoundToken> find(RequestHead head) {
        List<FoundToken> found = new ArrayList<>(1);
        for (TokenPlace place : places) {
            place.find(head, found);
        }
        return found;
    }
}
