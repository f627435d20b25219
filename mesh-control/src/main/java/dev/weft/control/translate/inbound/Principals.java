package dev.weft.control.translate.inbound;

import dev.weft.proto.envoy.config.rbac.v3.Principal;
import dev.weft.proto.envoy.config.route.v3.HeaderMatcher;
import dev.weft.proto.envoy.type.matcher.v3.MetadataMatcher;
import dev.weft.proto.envoy.type.matcher.v3.StringMatcher;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Conditions on who asks. */
final class Principals {
    static final Junction<Principal> JUNCTION = new Junction<>() {
        @Override
        public Principal any() {
            return Principal.newBuilder().setAny(true).build();
        }

        @Override
        public Principal and(List<Principal> all) {
            return Principal.newBuilder().setAndIds(set(all)).build();
        }

        @Override
        public Principal or(List<Principal> some) {
            return Principal.newBuilder().setOrIds(set(some)).build();
        }

        @Override
        public Principal not(Principal one) {
            return Principal.newBuilder().setNotId(one).build();
        }
    };

    private Principals() {}

    private static Principal.Set set(List<Principal> ids) {
        return Principal.Set.newBuilder().addAllIds(ids).build();
    }

    private static Principal authenticated(StringMatcher name) {
        return Principal.newBuilder()
                .setAuthenticated(Principal.Authenticated.newBuilder().setPrincipalName(name))
                .build();
    }

    static Principal identity(String value) {
        return authenticated(Texts.identity(value));
    }

    static Principal namespace(String value) {
        String expression = Stream.of(value.split("\\*", -1)).map(Texts::quote).collect(Collectors.joining(".*"));
        return authenticated(Texts.regex(".*/ns/" + expression + "/.*"));
    }

    /**
     * An account by name.
     *
     * @param value {@code ACCOUNT} or {@code NAMESPACE/ACCOUNT}
     * @param ownNamespace where the policy lives
     */
    static Principal serviceAccount(String value, String ownNamespace) {
        int slash = value.indexOf('/');
        String namespace = Texts.quote(slash < 0 ? ownNamespace : value.substring(0, slash));
        String account = Texts.quote(value.substring(slash + 1));
        return authenticated(Texts.regex(Texts.SPIFFE + ".+/ns/" + namespace + "/(.+/|)sa/" + account + "(/.+)?"));
    }

    static Principal trustDomain(String value) {
        if (value.equals("*")) {
            return authenticated(Texts.prefix(Texts.SPIFFE));
        }
        int star = value.indexOf('*');
        return authenticated(
                star < 0
                        ? Texts.prefix(Texts.SPIFFE + value + "/")
                        : Texts.regex(Texts.SPIFFE + Texts.quote(value.substring(0, star)) + "[^/]*"
                                + Texts.quote(value.substring(star + 1)) + "/.*"));
    }

    /** The other end of the connection. */
    static Principal peerAddress(String block) {
        return Principal.newBuilder().setDirectRemoteIp(Blocks.of(block)).build();
    }

    /** The caller as forwarding servers tell it. */
    static Principal callerAddress(String block) {
        return Principal.newBuilder().setRemoteIp(Blocks.of(block)).build();
    }

    static Principal header(HeaderMatcher header) {
        return Principal.newBuilder().setHeader(header).build();
    }

    static Principal metadata(MetadataMatcher matcher) {
        return Principal.newBuilder().setMetadata(matcher).build();
    }
}
