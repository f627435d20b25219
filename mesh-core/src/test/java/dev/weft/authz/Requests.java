package dev.weft.authz;

import dev.weft.config.AccessCondition;
import dev.weft.config.HeaderMatch;
import dev.weft.config.Rbac;
import dev.weft.config.RbacStage;
import dev.weft.config.StringMatch;
import dev.weft.identity.PeerIdentity;
import dev.weft.identity.SpiffeId;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Requests and rules in few words. */
final class Requests {
    static final AccessCondition ANY = new AccessCondition.Any();

    private Requests() {}

    static Arrival arrival(String method, String path, String... headers) {
        return arrival(PeerIdentity.ANONYMOUS, method, path, headers);
    }

    /** From a service account of the namespace default. */
    static Arrival from(String account, String path) {
        return arrival(PeerIdentity.of(SpiffeId.of("cluster.local", "default", account)), "GET", path);
    }

    static Arrival arrival(PeerIdentity caller, String method, String path, String... headers) {
        return new Arrival(
                new RequestHead(method, "http", "reviews:9080", path, Headers.of(headers)),
                caller,
                new Arrival.Connection(ip("10.1.2.3"), ip("127.0.1.1"), 9080, true, "reviews.example.com"),
                ip("192.0.2.7"));
    }

    static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    static AccessCondition method(String name) {
        return header(":method", name);
    }

    static AccessCondition header(String name, String value) {
        return new AccessCondition.Header(
                new HeaderMatch(name, new HeaderMatch.Value(new StringMatch.Exact(value, false)), false, false));
    }

    static AccessCondition path(String exact) {
        return new AccessCondition.Path(new StringMatch.Exact(exact, false));
    }

    static AccessCondition prefix(String prefix) {
        return new AccessCondition.Path(new StringMatch.Prefix(prefix, false));
    }

    static AccessCondition account(String name) {
        return new AccessCondition.Authenticated(
                new StringMatch.Exact("spiffe://cluster.local/ns/default/sa/" + name, false));
    }

    static AccessCondition not(AccessCondition condition) {
        return new AccessCondition.Not(condition);
    }

    static Rbac.Policy policy(AccessCondition permission, AccessCondition principal) {
        return new Rbac.Policy(List.of(permission), List.of(principal));
    }

    static Rbac rules(Rbac.Action action, Map<String, Rbac.Policy> policies) {
        return new Rbac(action, new TreeMap<>(policies));
    }

    /** Rules of one policy called {@code p}. */
    static Rbac rules(Rbac.Action action, AccessCondition permission, AccessCondition principal) {
        return rules(action, Map.of("p", policy(permission, principal)));
    }

    static LocalReply judge(Rbac rules, Arrival arrival) {
        return judge(new RbacStage(rules, null, ""), arrival);
    }

    static LocalReply judge(RbacStage stage, Arrival arrival) {
        return RbacRules.compile(stage).judge(arrival).toCompletableFuture().join();
    }

    /** Whether the condition alone, as a DENY, denies. */
    static boolean holds(AccessCondition condition, Arrival arrival) {
        return judge(rules(Rbac.Action.DENY, condition, ANY), arrival) != null;
    }
}
