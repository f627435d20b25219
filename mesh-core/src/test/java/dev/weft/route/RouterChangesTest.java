package dev.weft.route;

import static dev.weft.config.Snapshots.forward;
import static dev.weft.config.Snapshots.prefix;
import static dev.weft.config.Snapshots.rewriting;
import static dev.weft.config.Snapshots.route;
import static dev.weft.route.Requests.answer;
import static dev.weft.route.Requests.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.HeaderOps;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.PathMatch;
import dev.weft.config.Rewrite;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseHead;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouterChangesTest {
    private static MeshSnapshot routes(Route... routes) {
        return Snapshots.empty().host("r", 80, routes).snapshot();
    }

    private static RequestHead sent(RouteMatch match, Rewrite rewrite, String url) {
        return Requests.forward(routes(route(match, rewriting("c", rewrite))), get(url))
                .head();
    }

    private static HeaderOps set(String name, String value, HeaderOps.Action action) {
        return new HeaderOps(List.of(new HeaderOps.Setting(name, value, action)), List.of());
    }

    @Test
    void aPrefixRewriteReplacesWhatThePrefixMatchedAndKeepsTheQuery() {
        RequestHead head = sent(prefix("/v1"), new Rewrite(new Rewrite.Prefix("/v2"), null), "http://r/v1/a?b=c");
        assertThat(head.path()).isEqualTo("/v2/a?b=c");
        assertThat(head.headers().first("x-envoy-original-path")).isEqualTo("/v1/a?b=c");
    }

    @Test
    void anExactMatchIsReplacedWhole() {
        RouteMatch exact = new RouteMatch(new PathMatch.Exact("/p", true), List.of(), List.of(), null, false);
        assertThat(sent(exact, new Rewrite(new Rewrite.Prefix("/q"), null), "http://r/p")
                        .path())
                .isEqualTo("/q");
    }

    @Test
    void aRegexRewriteKnowsGroupsAndDollarSigns() {
        Rewrite rewrite = new Rewrite(new Rewrite.Regex("^/re/(.*)/(x)$", "/\\2/\\10/$1/\\1"), null);
        assertThat(sent(prefix("/re"), rewrite, "http://r/re/abc/x").path()).isEqualTo("/x/abc0/$1/abc");
    }

    @Test
    void anAuthorityRewriteKeepsTheOriginalInAHeader() {
        RequestHead head = sent(RouteMatch.everything(), new Rewrite(null, "other"), "http://r/");
        assertThat(head.authority()).isEqualTo("other");
        assertThat(head.port()).isEqualTo(80);
        assertThat(head.headers().first("x-envoy-original-host")).isEqualTo("r");
    }

    @Test
    void headerChangesAppendOverwriteRemoveAndFormat() {
        HeaderOps ops = new HeaderOps(
                List.of(
                        new HeaderOps.Setting(
                                "x-m", "%REQ(:METHOD)% %REQ(x-no?x-yes)% 100%%", HeaderOps.Action.OVERWRITE),
                        new HeaderOps.Setting("x-a", "2", HeaderOps.Action.APPEND),
                        new HeaderOps.Setting("x-none", "%REQ(x-no)%", HeaderOps.Action.APPEND)),
                List.of("x-rm"));
        Route route = new Route("", RouteMatch.everything(), forward("c"), ops, HeaderOps.NONE, null, null, null);
        RequestHead head = Requests.forward(
                        routes(route), get("http://r/", "x-rm", "1", "x-a", "1", "x-yes", "y", "x-m", "old"))
                .head();
        assertThat(head.headers().first("x-m")).isEqualTo("GET y 100%");
        assertThat(head.headers().all("x-a")).containsExactly("1", "2");
        assertThat(head.headers().contains("x-rm")).isFalse();
        assertThat(head.headers().contains("x-none")).isFalse();
    }

    @Test
    void settingHostChangesTheAuthority() {
        Route route = new Route(
                "",
                RouteMatch.everything(),
                forward("c"),
                set("host", "override.example.com", HeaderOps.Action.OVERWRITE),
                HeaderOps.NONE,
                null,
                null,
                null);
        assertThat(Requests.forward(routes(route), get("http://r/")).head().authority())
                .isEqualTo("override.example.com");
    }

    @Test
    void responsesAreChangedByRouteAndHost() {
        Route route = new Route(
                "",
                RouteMatch.everything(),
                forward("c"),
                HeaderOps.NONE,
                new HeaderOps(
                        List.of(new HeaderOps.Setting("x-r", "%RESP(etag)%", HeaderOps.Action.OVERWRITE)),
                        List.of("server")),
                null,
                null,
                null);
        ResponseHead changed = Requests.forward(routes(route), get("http://r/"))
                .respond(new ResponseHead(200, Headers.of("etag", "e", "server", "s")));
        assertThat(changed.headers()).isEqualTo(Headers.of("etag", "e", "x-r", "e"));
    }

    @Test
    void whatNothingChangesIsNotCopied() {
        RequestHead head = get("http://r/");
        assertThat(Requests.forward(routes(route("c")), head).head()).isSameAs(head);
    }

    @Test
    void redirectsKeepQueryAndPortUnlessTheyAreReplaced() {
        assertThat(location(new RouteAction.Redirect("https", null, null, null, 308, false), "http://r:80/a?b"))
                .isEqualTo("https://r/a?b");
        assertThat(location(new RouteAction.Redirect(null, "n.org", null, null, 301, false), "http://r:80/a?b"))
                .isEqualTo("http://n.org/a?b");
        assertThat(location(
                        new RouteAction.Redirect("https", null, 8443, new Rewrite.Full("/n"), 301, true),
                        "http://r/a?b"))
                .isEqualTo("https://r:8443/n");
        assertThat(location(
                        new RouteAction.Redirect(null, null, null, new Rewrite.Full("n"), 301, false), "http://r/a"))
                .isEqualTo("http://r/n");
    }

    private static String location(RouteAction.Redirect redirect, String url) {
        return java.util.Objects.requireNonNull(answer(routes(route(RouteMatch.everything(), redirect)), get(url))
                .reply()
                .headers()
                .first("location"));
    }

    @Test
    void aDirectResponseTakesTheRoutesResponseHeaders() {
        Route route = new Route(
                "",
                RouteMatch.everything(),
                new RouteAction.DirectReply(418, "tea"),
                HeaderOps.NONE,
                set("x-r", "1", HeaderOps.Action.APPEND),
                null,
                null,
                null);
        var reply = answer(routes(route), get("http://r/")).reply();
        assertThat(reply.status()).isEqualTo(418);
        assertThat(reply.body()).isEqualTo("tea");
        assertThat(reply.headers()).isEqualTo(Headers.of("content-type", "text/plain", "x-r", "1"));
        assertThat(reply.flags()).isEmpty();
    }
}
