package dev.weft.authz;

import static dev.weft.authz.Requests.ANY;
import static dev.weft.authz.Requests.account;
import static dev.weft.authz.Requests.arrival;
import static dev.weft.authz.Requests.from;
import static dev.weft.authz.Requests.judge;
import static dev.weft.authz.Requests.method;
import static dev.weft.authz.Requests.path;
import static dev.weft.authz.Requests.policy;
import static dev.weft.authz.Requests.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.AccessCondition;
import dev.weft.config.AccessCondition.Whose;
import dev.weft.config.Cidr;
import dev.weft.config.Rbac;
import dev.weft.config.Rbac.Action;
import dev.weft.config.RbacStage;
import dev.weft.identity.PeerIdentity;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What rules do: actions, names, dry runs, and what becomes of rules that cannot be judged. */
final class RbacRulesTest {

    @Test
    void allowLetsInWhomAPolicyNamesAndNobodyElse() {
        Rbac allow = rules(Action.ALLOW, method("GET"), account("productpage"));

        assertThat(judge(allow, from("productpage", "/"))).isNull();
        assertThat(judge(allow, from("ratings", "/"))).isNotNull();
        assertThat(judge(allow, arrival("GET", "/"))).isNotNull();
    }

    @Test
    void allowWithoutPoliciesLetsNobodyIn() {
        LocalReply denial = judge(rules(Action.ALLOW, Map.of()), from("productpage", "/"));

        assertThat(denial.status()).isEqualTo(403);
        assertThat(denial.body()).isEqualTo("RBAC: access denied");
        assertThat(denial.flags()).isEmpty();
        assertThat(denial.reason())
                .isEqualTo("no ALLOW policy of 0 matches caller" + " spiffe://cluster.local/ns/default/sa/productpage");
    }

    @Test
    void noRulesAtAllLetEverybodyIn() {
        assertThat(judge(new RbacStage(null, null, ""), arrival("GET", "/"))).isNull();
    }

    @Test
    void denyKeepsOutWhomAPolicyNamesAndSaysWhichOnlyInTheLog() {
        Rbac deny = rules(Action.DENY, method("DELETE"), ANY);

        assertThat(judge(deny, arrival("GET", "/"))).isNull();
        LocalReply denial = judge(deny, arrival("DELETE", "/"));
        assertThat(denial.reason()).isEqualTo("denied by p");
        assertThat(denial.body() + denial.headers()).doesNotContain("denied by");
    }

    @Test
    void thePolicyThatLetsInIsNoted() {
        Arrival arrival = arrival("GET", "/");
        Map<String, Rbac.Policy> policies = Map.of(
                "c", policy(ANY, ANY),
                "b", policy(ANY, ANY),
                "a", policy(method("POST"), ANY));
        judge(rules(Action.ALLOW, policies), arrival);

        assertThat(arrival.notes()).as("the first by name, as in Envoy").containsExactly("allowed by b");
    }

    @Test
    void permissionsAndPrincipalsAreAlternatives() {
        Rbac.Policy policy =
                new Rbac.Policy(List.of(method("GET"), method("HEAD")), List.of(account("a"), account("b")));
        Rbac allow = rules(Action.ALLOW, Map.of("p", policy));

        assertThat(judge(allow, from("a", "/"))).isNull();
        assertThat(judge(allow, from("b", "/"))).isNull();
        assertThat(judge(allow, from("c", "/"))).isNotNull();
    }

    @Test
    void auditDecidesNothingAndIsSeen() {
        Arrival arrival = arrival("GET", "/");

        assertThat(judge(rules(Action.LOG, method("GET"), ANY), arrival)).isNull();
        assertThat(arrival.notes()).containsExactly("audited by p");
        assertThat(arrival.metadata("envoy.common")).containsEntry("access_log_hint", true);
    }

    @Test
    void aDryRunDecidesNothingAndIsSeen() {
        Arrival arrival = arrival("DELETE", "/");
        Rbac deny = rules(Action.DENY, method("DELETE"), ANY);

        assertThat(judge(new RbacStage(null, deny, "istio_dry_run_deny_"), arrival))
                .isNull();
        assertThat(arrival.notes()).containsExactly("dry run: denied by p");
        assertThat(arrival.metadata(RbacStage.METADATA))
                .containsEntry("istio_dry_run_deny_shadow_effective_policy_id", "p")
                .containsEntry("istio_dry_run_deny_shadow_engine_result", "denied");
    }

    /** It is how a CUSTOM policy says for which requests somebody else is to be asked. */
    @Test
    void whatSelectsForAnAuthorizerIsNotedForTheNextStageOnly() {
        Arrival arrival = arrival("GET", "/");
        judge(new RbacStage(null, rules(Action.DENY, method("GET"), ANY), "istio_ext_authz_"), arrival);

        assertThat(arrival.notes()).isEmpty();
        assertThat(arrival.metadata(RbacStage.METADATA))
                .containsEntry("istio_ext_authz_shadow_effective_policy_id", "p");
    }

    @Test
    void aRuleThatCannotBeJudgedDeniesWhateverItsAction() {
        AccessCondition here =
                new AccessCondition.SourceIp(Objects.requireNonNull(Cidr.of("10.0.0.0", 8)), Whose.CONNECTION);

        for (Action action : List.of(Action.ALLOW, Action.DENY)) {
            assertThat(judge(rules(action, ANY, here), addressless()).reason())
                    .isEqualTo(
                            "an authorization rule could not be judged, so nobody is let in: the address of the other end"
                                    + " is unknown, and a rule asks for it");
        }
        assertThat(judge(rules(Action.ALLOW, ANY, Requests.not(here)), addressless()))
                .isNotNull();
    }

    @Test
    void anAuditOrDryRunThatCannotBeJudgedKeepsNobodyOut() {
        AccessCondition here =
                new AccessCondition.SourceIp(Objects.requireNonNull(Cidr.of("10.0.0.0", 8)), Whose.CONNECTION);
        Rbac rules = rules(Action.LOG, ANY, here);
        Arrival arrival = addressless();

        assertThat(judge(new RbacStage(rules, rules, "istio_dry_run_allow_"), arrival))
                .isNull();
        assertThat(arrival.notes()).hasSize(2).allMatch(note -> note.contains("failed"));
    }

    @Test
    void theQueryIsNoPartOfThePath() {
        assertThat(judge(rules(Action.DENY, path("/admin"), ANY), arrival("GET", "/admin?x=1")))
                .isNotNull();
        assertThat(judge(rules(Action.DENY, path("/admin?x=1"), ANY), arrival("GET", "/admin?x=1")))
                .isNull();
    }

    private static Arrival addressless() {
        return new Arrival(
                new RequestHead("GET", "http", "r", "/", Headers.EMPTY),
                PeerIdentity.ANONYMOUS,
                new Arrival.Connection(null, null, 80, false, ""),
                null);
    }
}
