package dev.weft.http.servlet;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What the connection itself said of a request. Containers that believe forwarded fields ({@code X-Forwarded-For} and its like) put those
 * into the request before any filter runs, and policy is about who is at the other end. Whoever sets a container up keeps this as the
 * request attribute {@link #ATTRIBUTE} before that happens; without it the request's own word counts.
 *
 * @param remote the other end, or null if unknown
 * @param serverName host that the request was sent to, without port
 */
public record Connected(@Nullable InetSocketAddress remote, String serverName) {
    /** Name of the request attribute. */
    public static final String ATTRIBUTE = "dev.weft.connected";
}
