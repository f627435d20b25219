package dev.weft.xds.reader;

import dev.weft.config.HashPolicy;
import dev.weft.proto.envoy.config.route.v3.RouteAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code RouteAction.hash_policy}. */
final class HashPolicyReader {
    private static final KnownFields POLICY = KnownFields.of(RouteAction.HashPolicy.getDescriptor())
            .honours("header", "cookie", "connection_properties", "query_parameter", "terminal");
    private static final KnownFields HEADER =
            KnownFields.of(RouteAction.HashPolicy.Header.getDescriptor()).honours("header_name");
    private static final KnownFields COOKIE = KnownFields.of(RouteAction.HashPolicy.Cookie.getDescriptor())
            .honours("name", "ttl", "path")
            // Attributes decorate a generated cookie; the affinity itself does not depend on them.
            .warns("attributes");

    private HashPolicyReader() {}

    static List<HashPolicy> read(List<RouteAction.HashPolicy> found, Place place) {
        List<HashPolicy> policies = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            HashPolicy policy = policy(found.get(i), place.at("hash_policy", i));
            if (policy != null) {
                policies.add(policy);
            }
        }
        return policies;
    }

    private static @Nullable HashPolicy policy(RouteAction.HashPolicy found, Place place) {
        POLICY.check(found, place);
        boolean terminal = found.getTerminal();
        switch (found.getPolicySpecifierCase()) {
            case HEADER:
                HEADER.check(found.getHeader(), place.at("header"));
                return new HashPolicy.OfHeader(
                        named(found.getHeader().getHeaderName(), place.at("header.header_name"))
                                .toLowerCase(Locale.ROOT),
                        terminal);
            case COOKIE:
                return cookie(found.getCookie(), terminal, place.at("cookie"));
            case CONNECTION_PROPERTIES:
                if (!found.getConnectionProperties().getSourceIp()) {
                    place.refuse("connection_properties.source_ip", false, "true");
                }
                return new HashPolicy.OfSource(terminal);
            case QUERY_PARAMETER:
                return new HashPolicy.OfQuery(
                        named(found.getQueryParameter().getName(), place.at("query_parameter.name")), terminal);
            case POLICYSPECIFIER_NOT_SET:
                place.refuse(null, "one of header, cookie, connection_properties, query_parameter");
                return null;
            default:
                return null;
        }
    }

    private static HashPolicy cookie(RouteAction.HashPolicy.Cookie found, boolean terminal, Place place) {
        COOKIE.check(found, place);
        Duration ttl = found.hasTtl() ? Values.duration(found.getTtl(), place.at("ttl")) : null;
        return new HashPolicy.OfCookie(named(found.getName(), place.at("name")), found.getPath(), ttl, terminal);
    }

    private static String named(String name, Place place) {
        if (name.isEmpty()) {
            place.refuse("", "a name");
        }
        return name;
    }
}
