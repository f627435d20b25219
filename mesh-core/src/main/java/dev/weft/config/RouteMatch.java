package dev.weft.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a route applies: all conditions must hold.
 *
 * @param path on the path
 * @param headers on headers
 * @param query on query parameters
 * @param fraction share of otherwise matching requests, or null for all
 * @param grpcOnly only requests whose content-type begins with {@code application/grpc}
 */
public record RouteMatch(
        PathMatch path,
        List<HeaderMatch> headers,
        List<QueryMatch> query,
        @Nullable Fraction fraction,
        boolean grpcOnly) {
    public RouteMatch {
        headers = List.copyOf(headers);
        query = List.copyOf(query);
    }

    /** Matches every request. */
    public static RouteMatch everything() {
        return new RouteMatch(new PathMatch.Prefix("/", true), List.of(), List.of(), null, false);
    }
}
