package dev.weft.control.catalog;

import dev.weft.control.istio.AuthorizationPolicy;
import dev.weft.control.istio.RefusedPolicy;
import dev.weft.control.istio.RequestAuthentication;
import dev.weft.control.istio.Resource;
import java.util.List;

/**
 * What holds for requests that arrive at one class of workloads.
 *
 * @param peers which connections are taken
 * @param tokens who may have issued the tokens of requests
 * @param authorization who may do what; the root namespace's policies first, then in order of age
 * @param refused policies that were written for these workloads and could not be accepted: nobody knows what they would forbid
 */
public record InboundPolicies(
        PeerModes peers,
        List<Resource<RequestAuthentication>> tokens,
        List<Resource<AuthorizationPolicy>> authorization,
        List<Resource<RefusedPolicy>> refused) {
    public InboundPolicies {
        tokens = List.copyOf(tokens);
        authorization = List.copyOf(authorization);
        refused = List.copyOf(refused);
    }

    /** The policies of one action. */
    public List<Resource<AuthorizationPolicy>> of(AuthorizationPolicy.Action action) {
        return authorization.stream()
                .filter(policy -> policy.spec().action() == action)
                .toList();
    }
}
