package dev.weft.control.translate.inbound;

import dev.weft.proto.envoy.config.rbac.v3.Principal;
import dev.weft.proto.envoy.type.matcher.v3.ListMatcher;
import dev.weft.proto.envoy.type.matcher.v3.MetadataMatcher;
import dev.weft.proto.envoy.type.matcher.v3.MetadataMatcher.PathSegment;
import dev.weft.proto.envoy.type.matcher.v3.OrMatcher;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import dev.weft.proto.envoy.type.matcher.v3.ValueMatcher;
import java.util.ArrayList;
import java.util.List;

/** Conditions on what a token said, which the JWT filter leaves in its metadata. */
final class Claims {
    static final String FILTER = "envoy.filters.http.jwt_authn";
    static final String PAYLOAD = "payload";

    private static final StringMatcher ANY = Texts.regex(".+");

    private Claims() {}

    /** {@code ISSUER/SUBJECT}; one of the values. */
    static Principal requestPrincipals(List<String> values) {
        List<Principal> or = new ArrayList<>();
        values.forEach(value -> or.add(requestPrincipal(value)));
        return or.size() == 1 ? or.get(0) : Principals.JUNCTION.or(or);
    }

    private static Principal requestPrincipal(String value) {
        // The last slash, for an issuer may be a URL.
        int slash = value.lastIndexOf('/');
        String issuer = slash < 0 ? value : value.substring(0, slash);
        String subject = slash < 0 ? "" : value.substring(slash + 1);
        if (value.equals("*")) {
            return both(ANY, ANY);
        }
        if (value.startsWith("*")) {
            return slash < 0
                    ? both(ANY, Texts.suffix(value.substring(1)))
                    : both(issuer.equals("*") ? ANY : Texts.suffix(issuer.substring(1)), Texts.exact(subject));
        }
        if (value.endsWith("*")) {
            return slash < 0
                    ? both(Texts.prefix(value.substring(0, value.length() - 1)), ANY)
                    : both(
                            Texts.exact(issuer),
                            subject.equals("*") ? ANY : Texts.prefix(subject.substring(0, subject.length() - 1)));
        }
        return both(Texts.exact(issuer), Texts.exact(subject));
    }

    private static Principal both(StringMatcher issuer, StringMatcher subject) {
        return Principals.JUNCTION.and(List.of(claim("iss", issuer), claim("sub", subject)));
    }

    private static Principal claim(String name, StringMatcher matcher) {
        return Principals.metadata(metadata(
                FILTER,
                List.of(PAYLOAD, name),
                ValueMatcher.newBuilder().setStringMatch(matcher).build()));
    }

    /** A claim that is one of the values, or a list with one of them. */
    static Principal claim(List<String> path, List<String> values) {
        List<String> full = new ArrayList<>(List.of(PAYLOAD));
        full.addAll(path);
        ValueMatcher one = oneOf(values);
        return Principals.metadata(metadata(FILTER, full, or(List.of(listWith(one), one))));
    }

    static ValueMatcher oneOf(List<String> values) {
        return or(values.stream()
                .map(value -> ValueMatcher.newBuilder()
                        .setStringMatch(Texts.pattern(value))
                        .build())
                .toList());
    }

    static ValueMatcher or(List<ValueMatcher> matchers) {
        return matchers.size() == 1
                ? matchers.get(0)
                : ValueMatcher.newBuilder()
                        .setOrMatch(OrMatcher.newBuilder().addAllValueMatchers(matchers))
                        .build();
    }

    static ValueMatcher listWith(ValueMatcher element) {
        return ValueMatcher.newBuilder()
                .setListMatch(ListMatcher.newBuilder().setOneOf(element))
                .build();
    }

    static MetadataMatcher metadata(String filter, List<String> path, ValueMatcher value) {
        MetadataMatcher.Builder out = MetadataMatcher.newBuilder().setFilter(filter);
        path.forEach(key -> out.addPath(PathSegment.newBuilder().setKey(key)));
        return out.setValue(value).build();
    }
}
