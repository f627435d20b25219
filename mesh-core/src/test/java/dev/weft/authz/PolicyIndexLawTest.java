package dev.weft.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.AccessCondition;
import dev.weft.config.Rbac;
import dev.weft.config.StringMatch;
import dev.weft.identity.PeerIdentity;
import dev.weft.identity.SpiffeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The index hides no policy: what it finds is what trying one after the other finds. */
class PolicyIndexLawTest {

    @Property(tries = 1_000)
    void theIndexFindsWhatALinearScanFinds(
            @ForAll("policies") List<Rbac.Policy> policies,
            @ForAll("methods") String method,
            @ForAll("paths") String path,
            @ForAll("accounts") String account) {
        TreeMap<String, Rbac.Policy> named = new TreeMap<>();
        policies.forEach(policy -> named.put(String.format("p%03d", named.size()), policy));
        PeerIdentity caller = account.isEmpty()
                ? PeerIdentity.ANONYMOUS
                : PeerIdentity.of(SpiffeId.parse("spiffe://cluster.local/ns/" + account));
        Arrival arrival = Requests.arrival(caller, method, path);

        PolicySet set = new PolicySet(new Rbac(Rbac.Action.ALLOW, named), UnaryOperator.identity());

        assertThat(set.match(arrival, arrival.path())).isEqualTo(scan(named, arrival));
    }

    private static String scan(Map<String, Rbac.Policy> policies, Arrival arrival) {
        Checks checks = new Checks(UnaryOperator.identity());
        for (Map.Entry<String, Rbac.Policy> entry : policies.entrySet()) {
            if (checks.anyOf(entry.getValue().permissions()).holds(arrival, arrival.path())
                    && checks.anyOf(entry.getValue().principals()).holds(arrival, arrival.path())) {
                return entry.getKey();
            }
        }
        return null;
    }

    private static AccessCondition namespace(String expression) {
        return new AccessCondition.Authenticated(new StringMatch.Regex(".*/ns/" + expression + "/.*"));
    }

    @Provide
    Arbitrary<List<Rbac.Policy>> policies() {
        Arbitrary<List<AccessCondition>> permissions = conditions(Arbitraries.of(
                Requests.method("GET"),
                Requests.method("POST"),
                Requests.path("/"),
                Requests.path("/a"),
                Requests.path("/a/b"),
                Requests.prefix("/a"),
                Requests.prefix("/a/"),
                Requests.prefix("/ab"),
                Requests.prefix(""),
                new AccessCondition.PathTemplate("/a/*"),
                new AccessCondition.PathTemplate("/**"),
                new AccessCondition.PathTemplate("/a/**/b"),
                Requests.ANY));
        Arbitrary<List<AccessCondition>> principals = conditions(Arbitraries.of(
                Requests.account("x"),
                Requests.account("y"),
                namespace("default"),
                namespace("other"),
                namespace("a\\-b"),
                namespace("d.*"),
                Requests.method("GET"),
                Requests.ANY));
        // More than 64, so that the sets have several words.
        return Combinators.combine(permissions, principals)
                .as(Rbac.Policy::new)
                .list()
                .ofMaxSize(150);
    }

    private static Arbitrary<List<AccessCondition>> conditions(Arbitrary<AccessCondition> plain) {
        Arbitrary<AccessCondition> nested = plain.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .flatMap(parts -> Arbitraries.of(
                        new AccessCondition.All(parts),
                        new AccessCondition.OneOf(parts),
                        new AccessCondition.Not(new AccessCondition.OneOf(parts)),
                        new AccessCondition.All(new ArrayList<>(
                                List.of(new AccessCondition.OneOf(parts), new AccessCondition.Not(parts.get(0)))))));
        return nested.list().ofMinSize(1).ofMaxSize(2);
    }

    @Provide
    Arbitrary<String> methods() {
        return Arbitraries.of("GET", "POST", "PUT");
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("/", "/a", "/a/", "/a/b", "/ab", "/abc", "/a/x/b", "/b");
    }

    @Provide
    Arbitrary<String> accounts() {
        return Arbitraries.of(
                "",
                "default/sa/x",
                "default/sa/y",
                "default/sa/z",
                "other/sa/x",
                "a-b/sa/x",
                "other/ns/default/x",
                "x");
    }
}
