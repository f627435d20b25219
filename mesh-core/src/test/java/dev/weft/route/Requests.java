package dev.weft.route;

import dev.weft.config.MeshSnapshot;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.runtime.World;

/** Requests and decisions for the router's tests. */
final class Requests {
    private Requests() {}

    static RequestHead get(String url, String... headers) {
        int scheme = url.indexOf("://");
        int slash = url.indexOf('/', scheme + 3);
        return new RequestHead(
                "GET",
                url.substring(0, scheme),
                url.substring(scheme + 3, slash),
                url.substring(slash),
                Headers.of(headers));
    }

    static RouteDecision decide(MeshSnapshot snapshot, RequestHead head, long... dice) {
        return Router.compile(snapshot, null).route(head, World.manual().dice(dice));
    }

    static RouteDecision.Forward forward(MeshSnapshot snapshot, RequestHead head, long... dice) {
        return (RouteDecision.Forward) decide(snapshot, head, dice);
    }

    static String cluster(MeshSnapshot snapshot, RequestHead head, long... dice) {
        return forward(snapshot, head, dice).choice().cluster();
    }

    static RouteDecision.Answer answer(MeshSnapshot snapshot, RequestHead head) {
        return (RouteDecision.Answer) decide(snapshot, head);
    }
}
