package dev.weft.control.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.control.istio.IstioConfig;
import dev.weft.control.istio.IstioParser;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.istio.Parsed;
import dev.weft.control.istio.PeerAuthentication.Mode;
import dev.weft.control.istio.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityPoliciesTest {
    private static final Map<String, String> REVIEWS = Map.of("app", "reviews", "version", "v1");

    private static SecurityPolicies of(String... documents) {
        List<Resource<?>> resources = new ArrayList<>();
        for (Parsed parsed :
                IstioParser.parse("a.yaml", String.join("\n---\n", documents)).documents()) {
            assertThat(parsed.problems()).isEmpty();
            resources.add(parsed.resource());
        }
        return new SecurityPolicies(IstioConfig.of(resources), MeshConfig.DEFAULT);
    }

    private static String peers(String namespace, String name, String spec) {
        return "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: " + name + ", namespace: "
                + namespace + "}\nspec: " + spec;
    }

    private static String policy(String namespace, String name, String spec) {
        return peers(namespace, name, spec).replace("PeerAuthentication", "AuthorizationPolicy");
    }

    private static Mode mode(SecurityPolicies policies, int port) {
        return policies.peers("default", REVIEWS).mode(port);
    }

    @Test
    void withoutAWordBothKindsOfConnectionsAreTaken() {
        assertThat(mode(of(), 9080)).isEqualTo(Mode.PERMISSIVE);
    }

    @Test
    void theNamespaceOverridesTheMeshAndTheWorkloadOverridesBoth() {
        String mesh = peers("istio-system", "default", "{mtls: {mode: STRICT}}");
        String namespace = peers("default", "default", "{mtls: {mode: DISABLE}}");
        String workload = peers("default", "w", "{selector: {matchLabels: {app: reviews}}, mtls: {mode: PERMISSIVE}}");
        assertThat(mode(of(mesh), 9080)).isEqualTo(Mode.STRICT);
        assertThat(mode(of(mesh, namespace), 9080)).isEqualTo(Mode.DISABLE);
        assertThat(mode(of(mesh, namespace, workload), 9080)).isEqualTo(Mode.PERMISSIVE);
        assertThat(of(mesh, namespace, workload).peers("other", REVIEWS).mode(1))
                .isEqualTo(Mode.STRICT);
    }

    @Test
    void whatIsUnsetIsInheritedLevelByLevel() {
        String mesh = peers("istio-system", "default", "{mtls: {mode: STRICT}}");
        String namespace = peers("default", "default", "{mtls: {mode: UNSET}}");
        String workload = peers(
                "default",
                "w",
                "{selector: {matchLabels: {app: reviews}}, portLevelMtls: {1: {mode: DISABLE}, 2: {mode: UNSET}, 3: {}}}");
        SecurityPolicies all = of(mesh, namespace, workload);
        assertThat(mode(all, 9080)).isEqualTo(Mode.STRICT);
        assertThat(mode(all, 1)).isEqualTo(Mode.DISABLE);
        assertThat(mode(all, 2)).isEqualTo(Mode.STRICT);
        assertThat(mode(all, 3)).isEqualTo(Mode.STRICT);
    }

    @Test
    void ofSeveralOnOneLevelTheOldestCountsAloneEvenWhereItSaysNothing() {
        String older = peers("default", "b", "{mtls: {mode: UNSET}}")
                .replace("name: b,", "name: b, creationTimestamp: \"2020-01-01T00:00:00Z\",");
        String newer = peers("default", "a", "{mtls: {mode: STRICT}}")
                .replace("name: a,", "name: a, creationTimestamp: \"2021-01-01T00:00:00Z\",");
        assertThat(mode(of(newer, older), 9080)).isEqualTo(Mode.PERMISSIVE);
    }

    @Test
    void aSelectorInTheRootNamespaceSelectsNobodyElsewhere() {
        String root = peers("istio-system", "w", "{selector: {matchLabels: {app: reviews}}, mtls: {mode: STRICT}}");
        assertThat(mode(of(root), 9080)).isEqualTo(Mode.PERMISSIVE);
    }

    @Test
    void policiesOfTheRootNamespaceAndOfTheOwnApplyWhereTheirLabelsFit() {
        SecurityPolicies all = of(
                policy("default", "all", "{}"),
                policy("default", "fits", "{selector: {matchLabels: {app: reviews, version: v1}}}"),
                policy("default", "other", "{selector: {matchLabels: {app: ratings}}}"),
                policy("istio-system", "root", "{}"),
                policy("istio-system", "root-other", "{selector: {matchLabels: {app: ratings}}}"),
                policy("foo", "foreign", "{}"),
                policy("default", "gateway", "{targetRefs: [{kind: Gateway, name: g}]}"));
        assertThat(all.of("default", REVIEWS).authorization())
                .extracting(resource -> resource.meta().name())
                .containsExactly("root", "all", "fits");
    }

    @Test
    void onlyLabelsThatSomePolicyAsksForTellWorkloadsApart() {
        SecurityPolicies all = of(policy("default", "fits", "{selector: {matchLabels: {app: reviews}}}"));
        assertThat(all.relevant(REVIEWS)).isEqualTo(Map.of("app", "reviews"));
        assertThat(all.relevant(Map.of("app", "ratings"))).isEmpty();
    }
}
