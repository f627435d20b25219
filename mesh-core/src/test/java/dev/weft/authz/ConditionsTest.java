package dev.weft.authz;

import static dev.weft.authz.Requests.arrival;
import static dev.weft.authz.Requests.from;
import static dev.weft.authz.Requests.header;
import static dev.weft.authz.Requests.holds;
import static dev.weft.authz.Requests.not;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.AccessCondition;
import dev.weft.config.AccessCondition.Whose;
import dev.weft.config.Cidr;
import dev.weft.config.HeaderMatch;
import dev.weft.config.MetadataMatch;
import dev.weft.config.StringMatch;
import dev.weft.config.ValueMatch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of condition, in the forms in which istiod writes them. */
final class ConditionsTest {

    @Test
    void anyValueOfARepeatedHeaderMeetsACondition() {
        assertThat(holds(header("x-m", "a"), arrival("GET", "/", "x-m", "b", "x-m", "a")))
                .isTrue();
        assertThat(holds(header("x-m", "a"), arrival("GET", "/", "x-m", "b", "x-m", "c")))
                .isFalse();
        assertThat(holds(header("x-m", "a"), arrival("GET", "/", "X-M", "a"))).isTrue();
    }

    @Test
    void anAbsentHeaderMeetsOnlyANegation() {
        assertThat(holds(header("x-m", "a"), arrival("GET", "/"))).isFalse();
        assertThat(holds(not(header("x-m", "a")), arrival("GET", "/"))).isTrue();
    }

    @Test
    void anEmptyHeaderIsPresent() {
        AccessCondition present =
                new AccessCondition.Header(new HeaderMatch("x-m", new HeaderMatch.Present(true), false, false));
        assertThat(holds(present, arrival("GET", "/", "x-m", ""))).isTrue();
        assertThat(holds(present, arrival("GET", "/"))).isFalse();
    }

    @Test
    void hostsAreComparedInAnyCaseAndWithTheirPort() {
        assertThat(holds(host("REVIEWS:9080"), arrival("GET", "/"))).isTrue();
        assertThat(holds(host("reviews"), arrival("GET", "/"))).isFalse();
    }

    private static AccessCondition host(String name) {
        return new AccessCondition.Header(
                new HeaderMatch(":authority", new HeaderMatch.Value(new StringMatch.Exact(name, true)), false, false));
    }

    @Test
    void methodsAreComparedInTheirCase() {
        assertThat(holds(Requests.method("GET"), arrival("GET", "/"))).isTrue();
        assertThat(holds(Requests.method("get"), arrival("GET", "/"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "regex, .*/ns/default/.*, true",
        "regex, .*/ns/defaul/.*, false",
        "regex, spiffe://.+/ns/default/(.+/|)sa/ratings(/.+)?, true",
        "regex, spiffe://.+/ns/default/(.+/|)sa/rating(/.+)?, false",
        "prefix, spiffe://cluster.local/, true",
        "prefix, spiffe://cluster/, false",
        "suffix, /sa/ratings, true",
        "exact, spiffe://cluster.local/ns/default/sa/ratings, true",
        "exact, spiffe://cluster.local/ns/default/sa/Ratings, false",
    })
    void principalsInAllForms(String kind, String text, boolean expected) {
        StringMatch match = switch (kind) {
            case "regex" -> new StringMatch.Regex(text);
            case "prefix" -> new StringMatch.Prefix(text, false);
            case "suffix" -> new StringMatch.Suffix(text, false);
            default -> new StringMatch.Exact(text, false);
        };
        AccessCondition condition = new AccessCondition.Authenticated(match);

        assertThat(holds(condition, from("ratings", "/"))).isEqualTo(expected);
        assertThat(holds(condition, arrival("GET", "/"))).as("plaintext").isFalse();
        assertThat(holds(not(condition), arrival("GET", "/"))).as("plaintext").isTrue();
    }

    @Test
    void whoeverProvedAnIdentityIsAuthenticated() {
        AccessCondition anybody = new AccessCondition.Authenticated(null);
        assertThat(holds(anybody, from("ratings", "/"))).isTrue();
        assertThat(holds(anybody, arrival("GET", "/"))).isFalse();
    }

    @Test
    void addressesOfTheConnectionAndOfTheCallerAreTwoThings() {
        assertThat(holds(source("10.0.0.0", 8, Whose.CONNECTION), arrival("GET", "/")))
                .isTrue();
        assertThat(holds(source("10.0.0.0", 8, Whose.FORWARDED), arrival("GET", "/")))
                .isFalse();
        assertThat(holds(source("192.0.2.7", 32, Whose.FORWARDED), arrival("GET", "/")))
                .isTrue();
        assertThat(holds(
                        new AccessCondition.DestinationIp(Objects.requireNonNull(Cidr.of("127.0.1.1", 32))),
                        arrival("GET", "/")))
                .isTrue();
    }

    private static AccessCondition source(String address, int length, Whose whose) {
        return new AccessCondition.SourceIp(Objects.requireNonNull(Cidr.of(address, length)), whose);
    }

    @Test
    void thePortIsTheServicePort() {
        assertThat(holds(new AccessCondition.DestinationPort(9080, 9081), arrival("GET", "/")))
                .isTrue();
        assertThat(holds(new AccessCondition.DestinationPort(9081, 9090), arrival("GET", "/")))
                .isFalse();
    }

    @Test
    void theServerNameIsThatOfTheHandshake() {
        assertThat(holds(
                        new AccessCondition.ServerName(new StringMatch.Suffix(".example.com", false)),
                        arrival("GET", "/")))
                .isTrue();
    }

    @Test
    void claimsAreTextsListsAndNested() {
        Arrival arrival = arrival("GET", "/");
        arrival.note(
                "envoy.filters.http.jwt_authn",
                "payload",
                Map.of(
                        "iss",
                        "issuer",
                        "groups",
                        List.of("a", "b"),
                        "nested",
                        Map.of("key", "v"),
                        "n",
                        3L,
                        "yes",
                        true));

        assertThat(holds(claim(text("issuer"), "iss"), arrival)).isTrue();
        assertThat(holds(claim(textOrElement("b"), "groups"), arrival)).isTrue();
        assertThat(holds(claim(textOrElement("c"), "groups"), arrival)).isFalse();
        assertThat(holds(claim(textOrElement("v"), "nested", "key"), arrival)).isTrue();
        assertThat(holds(claim(text("v"), "nested", "absent"), arrival)).isFalse();
        assertThat(holds(claim(text("v"), "iss", "key"), arrival)).isFalse();
        assertThat(holds(claim(new ValueMatch.Number(3, 3), "n"), arrival)).isTrue();
        assertThat(holds(claim(new ValueMatch.Number(4, 9), "n"), arrival)).isFalse();
        assertThat(holds(claim(new ValueMatch.Bool(true), "yes"), arrival)).isTrue();
        assertThat(holds(claim(new ValueMatch.Present(true), "groups"), arrival))
                .isTrue();
        assertThat(holds(claim(new ValueMatch.Present(true), "absent"), arrival))
                .isFalse();
        assertThat(holds(claim(new ValueMatch.Null(), "absent"), arrival)).isFalse();
    }

    @Test
    void withoutATokenNoClaimMeetsAnythingButANegation() {
        assertThat(holds(claim(text("issuer"), "iss"), arrival("GET", "/"))).isFalse();
        assertThat(holds(not(claim(text("issuer"), "iss")), arrival("GET", "/")))
                .isTrue();
    }

    private static ValueMatch text(String exact) {
        return new ValueMatch.Text(new StringMatch.Exact(exact, false));
    }

    /** As istiod asks for claims that may be a text or a list of them. */
    private static ValueMatch textOrElement(String exact) {
        return new ValueMatch.OneOf(List.of(new ValueMatch.Element(text(exact)), text(exact)));
    }

    private static AccessCondition claim(ValueMatch value, String... path) {
        String[] whole = new String[path.length + 1];
        whole[0] = "payload";
        System.arraycopy(path, 0, whole, 1, path.length);
        return new AccessCondition.Metadata(
                new MetadataMatch("envoy.filters.http.jwt_authn", Arrays.asList(whole), value, false));
    }

    @Test
    void andOrAndNotMeanWhatTheySay() {
        AccessCondition get = Requests.method("GET");
        AccessCondition root = Requests.path("/");
        assertThat(holds(new AccessCondition.All(List.of(get, root)), arrival("GET", "/")))
                .isTrue();
        assertThat(holds(new AccessCondition.All(List.of(get, root)), arrival("GET", "/x")))
                .isFalse();
        assertThat(holds(new AccessCondition.OneOf(List.of(get, root)), arrival("GET", "/x")))
                .isTrue();
        assertThat(holds(new AccessCondition.OneOf(List.of(get, root)), arrival("PUT", "/x")))
                .isFalse();
        assertThat(holds(not(get), arrival("PUT", "/x"))).isTrue();
    }
}
