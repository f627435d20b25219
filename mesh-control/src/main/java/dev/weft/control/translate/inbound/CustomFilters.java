package dev.weft.control.translate.inbound;

import com.google.protobuf.Message;
import dev.weft.control.istio.AuthorizationPolicy;
import dev.weft.control.istio.AuthorizationPolicy.Action;
import dev.weft.control.istio.ExtAuthzProvider;
import dev.weft.control.istio.Resource;
import dev.weft.proto.envoy.config.rbac.v3.RBAC;
import dev.weft.proto.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import dev.weft.proto.envoy.type.matcher.v3.MetadataMatcher;
import dev.weft.proto.envoy.type.matcher.v3.ValueMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes policies that leave the decision to a service: rules that pick out requests without judging them, and the question about those
 * that were picked. Where the question cannot be asked, what would be asked about is denied.
 */
final class CustomFilters {
    /** Before what the rules leave in their metadata, under the name of the RBAC filter. */
    private static final String SHADOW = "istio_ext_authz_";

    private static final String PICKED = SHADOW + "shadow_effective_policy_id";
    private static final String BAD = "-deny-due-to-bad-CUSTOM-action";

    private final AuthorizationServices services;
    private final RbacWriter writer;

    CustomFilters(AuthorizationServices services, RbacWriter writer) {
        this.services = services;
        this.writer = writer;
    }

    /** Filters over HTTP: RBAC and ext_authz messages, in order. */
    List<Message> write(List<Resource<AuthorizationPolicy>> policies) {
        TreeMap<String, List<Resource<AuthorizationPolicy>>> byProvider = new TreeMap<>();
        policies.forEach(policy -> byProvider
                .computeIfAbsent(policy.spec().provider(), name -> new ArrayList<>())
                .add(policy));
        List<Message> filters = new ArrayList<>();
        byProvider.forEach((name, own) -> {
            RBAC picked = writer.write(own, Action.CUSTOM, prefix(name)).rules();
            if (picked == null) {
                return;
            }
            // As istiod: two services would have to agree, and nobody said how.
            ExtAuthz question = byProvider.size() > 1 ? null : question(name);
            if (question == null) {
                filters.add(denied(picked));
            } else {
                filters.add(Filters.rbac(null, picked, SHADOW));
                filters.add(question);
            }
        });
        return filters;
    }

    private @Nullable ExtAuthz question(String name) {
        ExtAuthzProvider provider = services.provider(name);
        // A library judges before the body is read: a provider that decides by it would decide by nothing.
        if (provider == null || provider.wantsBody()) {
            return null;
        }
        String host = services.host(provider);
        return host == null ? null : ExtAuthzWriter.write(provider, host, "outbound|" + provider.port() + "||" + host);
    }

    private static Message denied(RBAC picked) {
        RBAC.Builder rules = RBAC.newBuilder().setAction(RBAC.Action.DENY);
        picked.getPoliciesMap().forEach((name, policy) -> rules.putPolicies(name + BAD, policy));
        return Filters.rbac(rules.build(), null, "");
    }

    private static String prefix(String provider) {
        return "istio-ext-authz-" + provider + "-";
    }

    /** Whether a rule of that provider's policies picked the request. */
    static MetadataMatcher picked(String provider) {
        return Claims.metadata(
                Filters.HTTP_RBAC,
                List.of(PICKED),
                ValueMatcher.newBuilder()
                        // With the bracket that follows: one provider's name may begin with another's.
                        .setStringMatch(Texts.prefix(prefix(provider) + "ns["))
                        .build());
    }
}
