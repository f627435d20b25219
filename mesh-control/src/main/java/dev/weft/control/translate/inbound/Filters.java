package dev.weft.control.translate.inbound;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.weft.control.catalog.InboundPolicies;
import dev.weft.control.istio.AuthorizationPolicy.Action;
import dev.weft.control.istio.MeshConfig;
import dev.weft.proto.envoy.config.listener.v3.Filter;
import dev.weft.proto.envoy.config.rbac.v3.RBAC;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import dev.weft.proto.envoy.extensions.filters.http.router.v3.Router;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What judges a request, in order: the services that are asked, tokens, then the rules that record, that deny and that allow.
 */
final class Filters {
    static final String HTTP_RBAC = "envoy.filters.http.rbac";
    static final String ROUTER = "envoy.filters.http.router";
    private static final String NETWORK_RBAC = "envoy.filters.network.rbac";
    private static final String EXT_AUTHZ = "envoy.filters.http.ext_authz";

    private static final List<Action> JUDGED_HERE = List.of(Action.AUDIT, Action.DENY, Action.ALLOW);

    private final InboundPolicies policies;
    private final AuthorizationServices services;
    private final KeySets keys;
    private final TrustDomains domains;

    Filters(InboundPolicies policies, MeshConfig mesh, AuthorizationServices services, KeySets keys) {
        this.policies = policies;
        this.services = services;
        this.keys = keys;
        this.domains = TrustDomains.of(mesh);
    }

    TrustDomains domains() {
        return domains;
    }

    /** For a port that speaks HTTP. */
    List<HttpFilter> http() {
        RbacWriter writer = new RbacWriter(domains, false);
        List<HttpFilter> filters = new ArrayList<>();
        RBAC closed = closed();
        if (closed != null) {
            filters.add(http(HTTP_RBAC, rbac(closed, null, "")));
        }
        for (Message message : new CustomFilters(services, writer).write(policies.of(Action.CUSTOM))) {
            filters.add(http(message instanceof ExtAuthz ? EXT_AUTHZ : HTTP_RBAC, message));
        }
        JwtAuthentication tokens = JwtWriter.write(policies.tokens(), keys);
        if (tokens != null) {
            filters.add(http(Claims.FILTER, tokens));
        }
        for (Action action : JUDGED_HERE) {
            RbacWriter.Written written = writer.write(policies.of(action), action, "");
            if (written.rules() != null || written.shadow() != null) {
                filters.add(http(HTTP_RBAC, rbac(written.rules(), written.shadow(), shadowPrefix(action))));
            }
        }
        filters.add(http(ROUTER, Router.getDefaultInstance()));
        return filters;
    }

    /** For a port that speaks something else: what is said about HTTP alone cannot be judged there. */
    List<Filter> tcp() {
        RbacWriter writer = new RbacWriter(domains, true);
        List<Filter> filters = new ArrayList<>();
        RBAC closed = closed();
        if (closed != null) {
            filters.add(network(closed, null, ""));
        }
        RBAC asked = writer.write(policies.of(Action.CUSTOM), Action.CUSTOM, "").rules();
        if (asked != null) {
            // Services are asked about requests; a connection that would have to be asked about is refused.
            filters.add(network(asked, null, ""));
        }
        for (Action action : JUDGED_HERE) {
            RbacWriter.Written written = writer.write(policies.of(action), action, "");
            if (written.rules() != null || written.shadow() != null) {
                filters.add(network(written.rules(), written.shadow(), shadowPrefix(action)));
            }
        }
        return filters;
    }

    /** Denies everything where a policy was refused: what it would have forbidden, nobody knows. */
    private @Nullable RBAC closed() {
        if (policies.refused().isEmpty()) {
            return null;
        }
        RBAC.Builder out = RBAC.newBuilder().setAction(RBAC.Action.DENY);
        policies.refused().forEach(policy -> RbacWriter.close(out, policy.meta(), "refused"));
        return out.build();
    }

    private static String shadowPrefix(Action action) {
        return switch (action) {
            case ALLOW -> "istio_dry_run_allow_";
            case DENY -> "istio_dry_run_deny_";
            case AUDIT, CUSTOM -> "";
        };
    }

    /** The HTTP filter's message; null for what there is not. */
    static Message rbac(@Nullable RBAC rules, @Nullable RBAC shadow, String prefix) {
        var out = dev.weft.proto.envoy.extensions.filters.http.rbac.v3.RBAC.newBuilder();
        if (rules != null) {
            out.setRules(rules);
        }
        if (shadow != null) {
            out.setShadowRules(shadow).setShadowRulesStatPrefix(prefix);
        }
        return out.build();
    }

    private static Filter network(@Nullable RBAC rules, @Nullable RBAC shadow, String prefix) {
        var out = dev.weft
                .proto
                .envoy
                .extensions
                .filters
                .network
                .rbac
                .v3
                .RBAC
                .newBuilder()
                .setStatPrefix("tcp.");
        if (rules != null) {
            out.setRules(rules);
        }
        if (shadow != null) {
            out.setShadowRules(shadow).setShadowRulesStatPrefix(prefix);
        }
        return Filter.newBuilder()
                .setName(NETWORK_RBAC)
                .setTypedConfig(Any.pack(out.build()))
                .build();
    }

    static HttpFilter http(String name, Message config) {
        return HttpFilter.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }
}
