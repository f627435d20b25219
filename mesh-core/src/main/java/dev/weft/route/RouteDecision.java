package dev.weft.route;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.Route;
import dev.weft.config.RouteAction;
import dev.weft.config.VirtualHost;
import dev.weft.config.WeightedCluster;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.request.ResponseHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a request goes. Immutable; {@link #steps} is computed when asked. */
public sealed interface RouteDecision {

    /** How the decision came about, one sentence each, in order. */
    List<String> steps();

    /** Send it to a cluster. */
    final class Forward implements RouteDecision {
        private final CompiledHost host;
        private final RequestHead head;
        private final CompiledRoute.Choice choice;

        Forward(CompiledHost host, RequestHead head, CompiledRoute.Choice choice) {
            this.host = host;
            this.head = head;
            this.choice = choice;
        }

        public VirtualHost virtualHost() {
            return host.host;
        }

        public Route route() {
            return choice.of().route;
        }

        /** Position of the route in its virtual host, from 0. */
        public int routeIndex() {
            return choice.of().index;
        }

        public RouteAction.Forward action() {
            return (RouteAction.Forward) route().action();
        }

        /** The destination that the dice chose. */
        public WeightedCluster choice() {
            return choice.cluster();
        }

        /** The request with normalised path, as the caller wrote everything else. */
        public RequestHead normalised() {
            return head;
        }

        /**
         * The request as it will be sent: header changes of cluster, route and virtual host, then rewrites. Computed anew by
         * each call; the same instance as {@link #normalised} when nothing changes.
         */
        public RequestHead head() {
            return ForwardedHead.of(head, choice, action());
        }

        /** A response with the changes of cluster, route and virtual host. */
        public ResponseHead respond(ResponseHead response) {
            if (choice.response().isEmpty()) {
                return response;
            }
            Headers.Builder headers = response.headers().toBuilder();
            choice.response().apply(headers, head, response);
            return new ResponseHead(response.status(), headers.build());
        }

        @Override
        public List<String> steps() {
            return Steps.of(new Match(host, choice.of(), head), action(), choice.cluster());
        }
    }

    /**
     * Answer without a server: redirect, direct response, no route, blocked, unusable path.
     *
     * @param reply what to say
     * @param virtualHost that the request belongs to, or null
     * @param route that answers, or null: none matched
     * @param routeIndex position of that route in its virtual host, from 0
     * @param steps the reasons
     */
    record Answer(
            LocalReply reply,
            @Nullable VirtualHost virtualHost,
            @Nullable Route route,
            int routeIndex,
            List<String> steps)
            implements RouteDecision {

        /** Name of the route, or empty. */
        public String routeName() {
            return route == null ? "" : route.name();
        }
    }

    /**
     * The routes of this host have to be fetched first.
     *
     * @param host from the index
     */
    record NotLoaded(VirtualHost host) implements RouteDecision {
        @Override
        public List<String> steps() {
            return List.of("virtual host " + host.name(), "its routes are not here yet");
        }
    }

    /**
     * The mesh does not know the host and lets it pass to where the caller's URL points.
     *
     * @param head with normalised path
     */
    record PassThrough(RequestHead head) implements RouteDecision {
        @Override
        public List<String> steps() {
            return List.of(
                    "no virtual host for " + head.authority() + " on port " + head.port(),
                    "outbound policy ALLOW_ANY: " + MeshSnapshot.PASSTHROUGH_CLUSTER);
        }
    }
}
