package dev.weft.config;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a virtual host; the first that matches wins.
 *
 * @param name for people and metrics; may be empty
 * @param match when
 * @param action what
 * @param request changes to the request
 * @param response changes to the response
 * @param fault or null
 * @param cors or null
 * @param origin where it was written, or null
 */
public record Route(
        String name,
        RouteMatch match,
        RouteAction action,
        HeaderOps request,
        HeaderOps response,
        @Nullable FaultInjection fault,
        @Nullable CorsPolicy cors,
        @Nullable Origin origin) {}
