package dev.weft.control.interop;

import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import dev.weft.proto.envoy.config.core.v3.CidrRange;
import dev.weft.proto.envoy.config.core.v3.TypedExtensionConfig;
import dev.weft.proto.envoy.config.rbac.v3.Permission;
import dev.weft.proto.envoy.config.rbac.v3.Policy;
import dev.weft.proto.envoy.config.rbac.v3.Principal;
import dev.weft.proto.envoy.config.rbac.v3.RBAC;
import dev.weft.proto.envoy.config.route.v3.HeaderMatcher;
import dev.weft.proto.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import dev.weft.proto.envoy.type.matcher.v3.PathMatcher;
import dev.weft.proto.envoy.type.matcher.v3.RegexMatcher;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import java.util.Random;

/** Authorization rules by chance, of every kind of condition that plaintext requests can meet. */
final class RandomRules {
    /** Deeper nesting says nothing new. */
    private static final int DEEPEST = 2;

    private final Random dice;

    RandomRules(Random dice) {
        this.dice = dice;
    }

    RBAC rules(RBAC.Action action, int policies) {
        RBAC.Builder rules = RBAC.newBuilder().setAction(action);
        for (int i = 0; i < policies; i++) {
            rules.putPolicies(
                    "policy-" + i,
                    Policy.newBuilder()
                            .addPermissions(permission(0))
                            .addPrincipals(principal(0))
                            .build());
        }
        return rules.build();
    }

    private Permission permission(int depth) {
        Permission.Builder permission = Permission.newBuilder();
        switch (dice.nextInt(depth > DEEPEST ? 5 : 8)) {
            case 0 -> permission.setAny(true);
            case 1 -> permission.setHeader(header());
            case 2, 3 ->
                permission.setUrlPath(PathMatcher.newBuilder()
                        .setPath(text("/", "/a", "/a/b", "/b", "/A", "/a/", "b", "/a.b", "//", "/a;x", "/a/b/c")));
            case 4 ->
                permission.setUriTemplate(TypedExtensionConfig.newBuilder()
                        .setName("uri-template")
                        .setTypedConfig(Any.pack(UriTemplateMatchConfig.newBuilder()
                                .setPathTemplate(one("/a/*", "/**", "/a/**", "/*/b", "/a/**/c", "/*", "/a/*.b", "/a/b"))
                                .build())));
            case 5 -> permission.setNotRule(permission(depth + 1));
            case 6 -> permission.setAndRules(permissions(depth + 1));
            default -> permission.setOrRules(permissions(depth + 1));
        }
        return permission.build();
    }

    private Permission.Set permissions(int depth) {
        Permission.Set.Builder set = Permission.Set.newBuilder();
        for (int left = 1 + dice.nextInt(3); left > 0; left--) {
            set.addRules(permission(depth));
        }
        return set.build();
    }

    private Principal principal(int depth) {
        Principal.Builder principal = Principal.newBuilder();
        switch (dice.nextInt(depth > DEEPEST ? 5 : 8)) {
            case 0 -> principal.setAny(true);
            case 1 -> principal.setHeader(header());
            case 2 -> principal.setDirectRemoteIp(one(range("127.0.0.0", 8), range("10.0.0.0", 8)));
            case 3 ->
                principal.setRemoteIp(
                        one(range("127.0.0.0", 8), range("10.0.0.0", 8), range("2001:db8::", 32), range("0.0.0.0", 0)));
            case 4 ->
                principal.setAuthenticated(Principal.Authenticated.newBuilder()
                        .setPrincipalName(text("spiffe://cluster.local/ns/a/sa/b")));
            case 5 -> principal.setNotId(principal(depth + 1));
            case 6 -> principal.setAndIds(principals(depth + 1));
            default -> principal.setOrIds(principals(depth + 1));
        }
        return principal.build();
    }

    private Principal.Set principals(int depth) {
        Principal.Set.Builder set = Principal.Set.newBuilder();
        for (int left = 1 + dice.nextInt(3); left > 0; left--) {
            set.addIds(principal(depth));
        }
        return set.build();
    }

    private static CidrRange range(String address, int length) {
        return CidrRange.newBuilder()
                .setAddressPrefix(address)
                .setPrefixLen(UInt32Value.of(length))
                .build();
    }

    private HeaderMatcher header() {
        HeaderMatcher.Builder header = HeaderMatcher.newBuilder();
        switch (dice.nextInt(4)) {
            case 0 ->
                header.setName(":method")
                        .setStringMatch(StringMatcher.newBuilder().setExact(one("GET", "POST", "DELETE")));
            case 1 -> header.setName(":authority").setStringMatch(text("h", "H.example", "h:80", ".example"));
            case 2 -> header.setName(one("x-a", "x-b")).setPresentMatch(true);
            default -> header.setName(one("x-a", "x-b")).setStringMatch(text("a", "b", "a,b", "ab", "A"));
        }
        return header.build();
    }

    private StringMatcher text(String... texts) {
        String text = one(texts);
        StringMatcher.Builder match = StringMatcher.newBuilder();
        switch (dice.nextInt(5)) {
            case 0 -> match.setExact(text);
            case 1 -> match.setPrefix(text);
            case 2 -> match.setSuffix(text);
            case 3 -> match.setContains(text);
            default -> {
                return match.setSafeRegex(RegexMatcher.newBuilder()
                                .setRegex(one(".+", ".*a.*", "[a-z/]+", "(/a|/b).*", ".*/ns/a/.*", "/[^/]*")))
                        .build();
            }
        }
        return match.setIgnoreCase(dice.nextInt(4) == 0).build();
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[dice.nextInt(choices.length)];
    }
}
