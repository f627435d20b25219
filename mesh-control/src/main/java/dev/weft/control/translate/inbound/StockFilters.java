package dev.weft.control.translate.inbound;

import dev.weft.config.ConfigProblem;
import dev.weft.config.Origin;
import dev.weft.control.catalog.InboundPolicies;
import dev.weft.control.istio.AuthorizationPolicy;
import dev.weft.control.istio.AuthorizationPolicy.Action;
import dev.weft.control.istio.Meta;
import dev.weft.control.istio.Resource;
import dev.weft.control.istio.Spec;
import dev.weft.proto.envoy.config.rbac.v3.Permission;
import dev.weft.proto.envoy.config.rbac.v3.Policy;
import dev.weft.proto.envoy.config.rbac.v3.Principal;
import dev.weft.proto.envoy.config.rbac.v3.RBAC;
import dev.weft.proto.envoy.config.route.v3.HeaderMatcher;
import dev.weft.proto.envoy.extensions.filters.http.router.v3.Router;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What judges a request in a stock gRPC server: the rules that deny, then those that allow. Such a server knows neither tokens nor
 * services that are asked, takes some conditions for never met, and refuses a whole listener for others; where a policy needs one of
 * these, everything is denied, for what it would have forbidden nobody could tell. For one listener.
 */
final class StockFilters {
    /** In force beside each other, so that each has a name of its own. */
    private static final List<Action> JUDGED_HERE = List.of(Action.DENY, Action.ALLOW);

    private final InboundPolicies policies;
    private final TrustDomains domains;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final RBAC.Builder closed = RBAC.newBuilder().setAction(RBAC.Action.DENY);

    StockFilters(InboundPolicies policies, TrustDomains domains) {
        this.policies = policies;
        this.domains = domains;
    }

    /** Why everything is denied; empty if it is not. */
    List<ConfigProblem> problems() {
        return problems;
    }

    List<HttpFilter> write() {
        policies.refused().forEach(policy -> close(policy, "refused", "what it would forbid, nobody knows"));
        policies.tokens().forEach(policy -> close(policy, "tokens", "stock gRPC verifies no tokens"));
        policies.of(Action.CUSTOM).forEach(policy -> close(policy, "custom", "stock gRPC asks no authorizer"));
        List<HttpFilter> judges = new ArrayList<>();
        for (Action action : JUDGED_HERE) {
            RBAC rules = rules(action);
            if (rules != null) {
                judges.add(filter(action.name().toLowerCase(Locale.ROOT), rules));
            }
        }
        List<HttpFilter> filters = new ArrayList<>();
        if (closed.getPoliciesCount() > 0) {
            filters.add(filter("closed", closed.build()));
        } else {
            filters.addAll(judges);
        }
        filters.add(Filters.http(Filters.ROUTER, Router.getDefaultInstance()));
        return filters;
    }

    private @Nullable RBAC rules(Action action) {
        RbacWriter writer = new RbacWriter(domains, false);
        for (Resource<AuthorizationPolicy> policy : policies.of(action)) {
            RBAC alone = writer.write(List.of(policy), action, "").rules();
            if (alone != null && !alone.getPoliciesMap().values().stream().allMatch(StockFilters::isJudged)) {
                close(policy, "condition", "one of its conditions is not judged by stock gRPC");
            }
        }
        return writer.write(policies.of(action), action, "").rules();
    }

    private void close(Resource<? extends Spec> policy, String mark, String why) {
        Meta meta = policy.meta();
        RbacWriter.close(closed, meta, mark);
        problems.add(new ConfigProblem(
                ConfigProblem.Severity.ERROR,
                meta.title(),
                "spec",
                mark,
                "what a stock gRPC server can enforce: " + why + ", so that it denies everything",
                new Origin(meta.title(), meta.file(), meta.line())));
    }

    private static boolean isJudged(Policy policy) {
        return policy.getPermissionsList().stream().allMatch(StockFilters::isJudged)
                && policy.getPrincipalsList().stream().allMatch(StockFilters::isJudged);
    }

    private static boolean isJudged(Permission permission) {
        return switch (permission.getRuleCase()) {
            case AND_RULES -> permission.getAndRules().getRulesList().stream().allMatch(StockFilters::isJudged);
            case OR_RULES -> permission.getOrRules().getRulesList().stream().allMatch(StockFilters::isJudged);
            case NOT_RULE -> isJudged(permission.getNotRule());
            case HEADER -> isJudged(permission.getHeader());
            case ANY, URL_PATH, DESTINATION_IP, DESTINATION_PORT, DESTINATION_PORT_RANGE -> true;
            // Among them the name that a client asked for, which is always empty there, and metadata, which never
            // match.
            default -> false;
        };
    }

    private static boolean isJudged(Principal principal) {
        return switch (principal.getIdentifierCase()) {
            case AND_IDS -> principal.getAndIds().getIdsList().stream().allMatch(StockFilters::isJudged);
            case OR_IDS -> principal.getOrIds().getIdsList().stream().allMatch(StockFilters::isJudged);
            case NOT_ID -> isJudged(principal.getNotId());
            case HEADER -> isJudged(principal.getHeader());
            case ANY, AUTHENTICATED, DIRECT_REMOTE_IP, URL_PATH -> true;
            // Among them the caller that a proxy tells of: stock gRPC takes the other end of the connection for it.
            default -> false;
        };
    }

    private static boolean isJudged(HeaderMatcher header) {
        String name = header.getName().toLowerCase(Locale.ROOT);
        return !name.startsWith("grpc-") && !name.equals(":scheme") && !name.equals("te");
    }

    /** Each with a name of its own, which gRPC asks for. */
    private static HttpFilter filter(String name, RBAC rules) {
        return Filters.http(Filters.HTTP_RBAC + "." + name, Filters.rbac(rules, null, ""));
    }
}
