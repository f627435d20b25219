package dev.weft.authz;

import static dev.weft.authz.Requests.ANY;
import static dev.weft.authz.Requests.arrival;
import static dev.weft.authz.Requests.judge;
import static dev.weft.authz.Requests.not;
import static dev.weft.authz.Requests.path;
import static dev.weft.authz.Requests.prefix;
import static dev.weft.authz.Requests.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.AccessCondition;
import dev.weft.config.Rbac;
import dev.weft.config.Rbac.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One resource has many spellings; none of them passes a rule that another does not. */
final class SpellingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"/v1:admin", "/v1%3Aadmin", "/v1%3aadmin"})
    void noSpellingPassesADeny(String spelling) {
        for (AccessCondition condition : new AccessCondition[] {
            path("/v1:admin"), path("/v1%3Aadmin"), prefix("/v1:"), new AccessCondition.PathTemplate("/v1:admin")
        }) {
            assertThat(judge(rules(Action.DENY, condition, ANY), arrival("GET", spelling)))
                    .as("%s by %s", spelling, condition)
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1:admin", "/v1%3Aadmin"})
    void noSpellingSlipsThroughTheExceptionOfAnAllow(String spelling) {
        Rbac allButAdmin = rules(Action.ALLOW, not(path("/v1:admin")), ANY);

        assertThat(judge(allButAdmin, arrival("GET", spelling))).isNotNull();
        assertThat(judge(allButAdmin, arrival("GET", "/v1:user"))).isNull();
    }

    /** Envoy would not let it in, and neither is more let in here. */
    @Test
    void anAllowMustMatchWhatWasWrittenToo() {
        assertThat(judge(rules(Action.ALLOW, path("/v1:user"), ANY), arrival("GET", "/v1%3Auser")))
                .isNotNull();
    }

    @Test
    void anAllowOfAnEscapeMatchesEitherCaseOfItsDigits() {
        assertThat(judge(rules(Action.ALLOW, path("/caf%c3%a9"), ANY), arrival("GET", "/caf%c3%a9")))
                .isNull();
        assertThat(judge(rules(Action.DENY, path("/caf%C3%A9"), ANY), arrival("GET", "/caf%c3%a9")))
                .isNotNull();
    }

    @Test
    void whatTheServerDispatchesIsJudgedBesideWhatCame() {
        Arrival admin = arrival("GET", "/public;x=1/../admin");
        admin.dispatchedAs("/admin");

        assertThat(judge(rules(Action.DENY, path("/admin"), ANY), admin)).isNotNull();
        assertThat(judge(rules(Action.ALLOW, prefix("/public"), ANY), admin)).isNotNull();
        assertThat(judge(rules(Action.ALLOW, ANY, ANY), admin)).isNull();
    }

    @Test
    void whatTheServerDecodedIsComparedInTheSpellingOfTheRules() {
        Arrival arrival = arrival("GET", "//caf%C3%A9");
        arrival.dispatchedAs("/café");

        assertThat(judge(rules(Action.DENY, path("/caf%c3%a9"), ANY), arrival)).isNotNull();
    }
}
