package dev.weft.control.translate;

import com.google.protobuf.Duration;
import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.catalog.Rule;
import dev.weft.control.istio.HttpMatch;
import dev.weft.control.istio.HttpRoute;
import dev.weft.control.translate.wire.Words;
import dev.weft.proto.envoy.config.core.v3.RuntimeFractionalPercent;
import dev.weft.proto.envoy.config.route.v3.NonForwardingAction;
import dev.weft.proto.envoy.config.route.v3.RetryPolicy;
import dev.weft.proto.envoy.config.route.v3.Route;
import dev.weft.proto.envoy.config.route.v3.RouteAction;
import dev.weft.proto.envoy.config.route.v3.RouteMatch;
import dev.weft.proto.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import org.jspecify.annotations.Nullable;

/** Writes one entry of a VirtualService, for one of its matches, as a route. */
final class RouteWriter {
    private final Caller caller;
    private final Rule rule;
    private final int port;

    /** @param port that the callers dial */
    RouteWriter(Caller caller, Rule rule, int port) {
        this.caller = caller;
        this.rule = rule;
        this.port = port;
    }

    /** @param match one block of the entry, or null if the entry has none */
    Route write(Rule.Entry entry, @Nullable HttpMatch match) {
        HttpRoute http = entry.route();
        RouteMatch conditions = MatchWriter.write(match);
        Route.Builder route = Route.newBuilder()
                .setName(name(http, match))
                .setMatch(conditions)
                .setMetadata(Origins.of(rule.meta(), entry, line(http, match)));
        HeaderWriter headers = HeaderWriter.of(http.headers());
        route.addAllRequestHeadersToAdd(headers.request());
        route.addAllRequestHeadersToRemove(headers.requestRemove());
        route.addAllResponseHeadersToAdd(headers.response());
        route.addAllResponseHeadersToRemove(headers.responseRemove());
        writeAction(entry, headers, route);
        if (http.fault() != null) {
            route.putTypedPerFilterConfig(FilterWriter.FAULT, Words.any(FilterWriter.fault(http.fault())));
        }
        // Stock gRPC refuses a whole route table for the override of a filter that it does not know.
        if (http.cors() != null && caller.kind() != Kind.GRPC) {
            route.putTypedPerFilterConfig(FilterWriter.CORS, Words.any(FilterWriter.cors(http.cors())));
        }
        return route.build();
    }

    private static String name(HttpRoute http, @Nullable HttpMatch match) {
        String name = http.name() == null ? "" : http.name();
        return match == null || match.name() == null || match.name().isEmpty() ? name : name + "." + match.name();
    }

    private static int line(HttpRoute http, @Nullable HttpMatch match) {
        return match != null && match.line() > 0 ? match.line() : http.line();
    }

    private void writeAction(Rule.Entry entry, HeaderWriter headers, Route.Builder route) {
        HttpRoute http = entry.route();
        boolean replies = http.redirect() != null || http.directResponse() != null;
        if (replies && caller.kind() == Kind.GRPC) {
            // Stock gRPC would refuse the whole route table; like this a call that matches here fails, and only that.
            route.setNonForwardingAction(NonForwardingAction.getDefaultInstance());
        } else if (http.redirect() != null) {
            route.setRedirect(ReplyWriter.redirect(http.redirect(), port));
        } else if (http.directResponse() != null) {
            route.setDirectResponse(ReplyWriter.direct(http.directResponse()));
        } else {
            route.setRoute(forward(entry, headers, route));
        }
    }

    private RouteAction forward(Rule.Entry entry, HeaderWriter headers, Route.Builder route) {
        HttpRoute http = entry.route();
        RouteAction.Builder action = RouteAction.newBuilder();
        DestinationWriter destinations =
                new DestinationWriter(caller, entry.owner().namespace(), port);
        writeRewrite(http.rewrite(), headers.authority(), action);
        destinations.write(http.route(), action, route);
        writeTimeout(http.timeout(), action, caller.kind());
        RetryPolicy retries = RetryWriter.write(
                http.retries() == null ? caller.catalog().mesh().defaultHttpRetryPolicy() : http.retries(),
                destinations.hashed());
        if (retries != null) {
            action.setRetryPolicy(retries);
        }
        if (http.mirror() != null) {
            addMirror(destinations.cluster(http.mirror()), http.mirrorPercentage(), action);
        }
        http.mirrors()
                .forEach(mirror -> addMirror(destinations.cluster(mirror.destination()), mirror.percentage(), action));
        return action.build();
    }

    /** An absent timeout has to be written as none: absence means 15 s on the wire. */
    static void writeTimeout(java.time.@Nullable Duration timeout, RouteAction.Builder action, Kind kind) {
        Duration value = timeout == null ? Duration.getDefaultInstance() : Words.duration(timeout);
        action.setTimeout(value);
        if (kind == Kind.GRPC) {
            // Stock gRPC reads only this one.
            action.setMaxStreamDuration(
                    RouteAction.MaxStreamDuration.newBuilder().setMaxStreamDuration(value));
        } else {
            action.setMaxGrpcTimeout(value);
        }
    }

    private static void writeRewrite(
            HttpRoute.@Nullable Rewrite rewrite, @Nullable String hostHeader, RouteAction.Builder action) {
        String authority = hostHeader;
        if (rewrite != null) {
            if (rewrite.regex() != null) {
                action.setRegexRewrite(RegexMatchAndSubstitute.newBuilder()
                        .setPattern(Words.regex(rewrite.regex()))
                        .setSubstitution(rewrite.substitution() == null ? "" : rewrite.substitution()));
            } else if (rewrite.uri() != null && !rewrite.uri().isEmpty()) {
                // Whatever matched is replaced: the prefix, the exact path, or all of what a regular expression met.
                action.setPrefixRewrite(rewrite.uri());
            }
            authority = rewrite.authority() == null || rewrite.authority().isEmpty() ? authority : rewrite.authority();
        }
        if (authority != null) {
            action.setHostRewriteLiteral(authority);
        }
    }

    private static void addMirror(String cluster, @Nullable Double percent, RouteAction.Builder action) {
        double share = percent == null ? 100 : percent;
        if (share > 0) {
            action.addRequestMirrorPolicies(RouteAction.RequestMirrorPolicy.newBuilder()
                    .setCluster(cluster)
                    .setRuntimeFraction(RuntimeFractionalPercent.newBuilder().setDefaultValue(Words.share(share)))
                    .setDisableShadowHostSuffixAppend(true));
        }
    }
}
