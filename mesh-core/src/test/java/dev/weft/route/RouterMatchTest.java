package dev.weft.route;

import static dev.weft.config.Snapshots.forward;
import static dev.weft.config.Snapshots.header;
import static dev.weft.config.Snapshots.prefix;
import static dev.weft.config.Snapshots.route;
import static dev.weft.config.Snapshots.weighted;
import static dev.weft.route.Requests.answer;
import static dev.weft.route.Requests.cluster;
import static dev.weft.route.Requests.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Fraction;
import dev.weft.config.HeaderMatch;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.PathMatch;
import dev.weft.config.QueryMatch;
import dev.weft.config.Route;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.config.StringMatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouterMatchTest {
    private static MeshSnapshot routes(Route... routes) {
        return Snapshots.empty().host("r", 80, routes).snapshot();
    }

    private static MeshSnapshot only(RouteMatch match) {
        return routes(route(match, forward("hit")), route("miss"));
    }

    private static RouteMatch path(PathMatch path) {
        return new RouteMatch(path, List.of(), List.of(), null, false);
    }

    private static RouteMatch headerCondition(HeaderMatch match) {
        return new RouteMatch(new PathMatch.Prefix("/", true), List.of(match), List.of(), null, false);
    }

    private static RouteMatch query(QueryMatch match) {
        return new RouteMatch(new PathMatch.Prefix("/", true), List.of(), List.of(match), null, false);
    }

    @Test
    void theFirstMatchWins() {
        MeshSnapshot snapshot =
                routes(route(prefix("/api"), forward("first")), route(prefix("/api/x"), forward("second")));
        assertThat(cluster(snapshot, get("http://r/api/x"))).isEqualTo("first");
    }

    @Test
    void aPrefixIsAPlainStringAndASegmentPrefixIsNot() {
        assertThat(cluster(only(prefix("/api")), get("http://r/apix"))).isEqualTo("hit");
        MeshSnapshot segment = only(path(new PathMatch.SegmentPrefix("/api", true)));
        assertThat(cluster(segment, get("http://r/apix"))).isEqualTo("miss");
        assertThat(cluster(segment, get("http://r/api/x"))).isEqualTo("hit");
        assertThat(cluster(segment, get("http://r/api?x"))).isEqualTo("hit");
    }

    @Test
    void exactPathsIgnoreTheQueryAndCaseOnlyWhenAsked() {
        assertThat(cluster(only(path(new PathMatch.Exact("/a", true))), get("http://r/a?x=1")))
                .isEqualTo("hit");
        assertThat(cluster(only(path(new PathMatch.Exact("/a", true))), get("http://r/A")))
                .isEqualTo("miss");
        assertThat(cluster(only(path(new PathMatch.Exact("/a", false))), get("http://r/A")))
                .isEqualTo("hit");
    }

    @Test
    void aRegexMatchesTheWholePath() {
        MeshSnapshot snapshot = only(path(new PathMatch.Regex("/item/[0-9]+")));
        assertThat(cluster(snapshot, get("http://r/item/42"))).isEqualTo("hit");
        assertThat(cluster(snapshot, get("http://r/item/42/x"))).isEqualTo("miss");
    }

    @Test
    void pathsAreNormalisedBeforeTheyAreMatched() {
        assertThat(cluster(only(path(new PathMatch.Exact("/admin", true))), get("http://r/x/../%61dmin")))
                .isEqualTo("hit");
    }

    @Test
    void ofARepeatedHeaderAnyValueMayMatch() {
        MeshSnapshot snapshot = only(header("x-c", new StringMatch.Exact("zz", false)));
        assertThat(cluster(snapshot, get("http://r/", "X-C", "a", "x-c", "zz"))).isEqualTo("hit");
        assertThat(cluster(snapshot, get("http://r/", "x-c", "a"))).isEqualTo("miss");
        MeshSnapshot joined = only(header("x-c", new StringMatch.Exact("a,zz", false)));
        assertThat(cluster(joined, get("http://r/", "x-c", "a", "x-c", "zz"))).isEqualTo("miss");
    }

    @Test
    void anAbsentHeaderSatisfiesANegatedConditionOnlyIfItCountsAsEmpty() {
        MeshSnapshot snapshot = only(headerCondition(
                new HeaderMatch("x-d", new HeaderMatch.Value(new StringMatch.Exact("d", false)), true, true)));
        assertThat(cluster(snapshot, get("http://r/"))).isEqualTo("hit");
        assertThat(cluster(snapshot, get("http://r/", "x-d", "other"))).isEqualTo("hit");
        assertThat(cluster(snapshot, get("http://r/", "x-d", "d"))).isEqualTo("miss");
        MeshSnapshot strict = only(headerCondition(
                new HeaderMatch("x-d", new HeaderMatch.Value(new StringMatch.Exact("d", false)), true, false)));
        assertThat(cluster(strict, get("http://r/"))).isEqualTo("miss");
    }

    @Test
    void presenceAndRangeAreJudged() {
        MeshSnapshot present =
                only(headerCondition(new HeaderMatch("x-p", new HeaderMatch.Present(true), false, false)));
        assertThat(cluster(present, get("http://r/", "x-p", ""))).isEqualTo("hit");
        assertThat(cluster(present, get("http://r/"))).isEqualTo("miss");
        MeshSnapshot range = only(headerCondition(new HeaderMatch("n", new HeaderMatch.Range(1, 5), false, false)));
        assertThat(cluster(range, get("http://r/", "n", "4"))).isEqualTo("hit");
        assertThat(cluster(range, get("http://r/", "n", "5"))).isEqualTo("miss");
        assertThat(cluster(range, get("http://r/", "n", "four"))).isEqualTo("miss");
    }

    @Test
    void methodAndAuthorityAreHeadersToo() {
        assertThat(cluster(only(header(":method", new StringMatch.Exact("GET", false))), get("http://r/")))
                .isEqualTo("hit");
        assertThat(cluster(only(header(":authority", new StringMatch.Exact("other", false))), get("http://r/")))
                .isEqualTo("miss");
    }

    @Test
    void queryValuesAreJudgedRaw() {
        MeshSnapshot snapshot = only(query(new QueryMatch("v", new StringMatch.Exact("2", false))));
        assertThat(cluster(snapshot, get("http://r/?a=1&v=2"))).isEqualTo("hit");
        assertThat(cluster(snapshot, get("http://r/?v=%32"))).isEqualTo("miss");
        assertThat(cluster(snapshot, get("http://r/?vv=2"))).isEqualTo("miss");
        assertThat(cluster(only(query(new QueryMatch("v", null))), get("http://r/?v")))
                .isEqualTo("hit");
    }

    @Test
    void weightsShareRequestsAndZeroGetsNone() {
        MeshSnapshot snapshot = routes(route(
                RouteMatch.everything(), forward(List.of(weighted("none", 0), weighted("a", 3), weighted("b", 1)))));
        assertThat(cluster(snapshot, get("http://r/"), 0)).isEqualTo("a");
        assertThat(cluster(snapshot, get("http://r/"), 2)).isEqualTo("a");
        assertThat(cluster(snapshot, get("http://r/"), 3)).isEqualTo("b");
    }

    @Test
    void aFractionIsDrawnByDice() {
        MeshSnapshot snapshot = only(
                new RouteMatch(new PathMatch.Prefix("/", true), List.of(), List.of(), new Fraction(30, 100), false));
        assertThat(cluster(snapshot, get("http://r/"), 29)).isEqualTo("hit");
        assertThat(cluster(snapshot, get("http://r/"), 30)).isEqualTo("miss");
    }

    @Test
    void whenNothingMatchesTheAnswerIs404AndSaysWhyForEachRoute() {
        MeshSnapshot snapshot = routes(route(header("end-user", new StringMatch.Exact("jason", false)), forward("v2")));
        RouteDecision.Answer answer = answer(snapshot, get("http://r/", "end-user", "Jason"));
        assertThat(answer.reply().status()).isEqualTo(404);
        assertThat(answer.reply().body()).isEmpty();
        assertThat(answer.steps())
                .contains("route [0] no: header end-user exact \"jason\", was \"Jason\"", "no route matched");
    }
}
