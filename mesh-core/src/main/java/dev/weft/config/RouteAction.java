package dev.weft.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to a request that a route matched. */
public sealed interface RouteAction {

    /**
     * Send it to a cluster.
     *
     * @param clusters at least one; the choice is made once per request
     * @param timeout whole request with retries and back-offs; null = none
     * @param maxGrpcTimeout cap on a gRPC caller's own timeout, zero = uncapped, null = {@code timeout} rules
     * @param retry policy
     * @param hash for clusters that hash
     * @param rewrite of path and authority
     * @param mirrors copies
     * @param written which of timeout and retries the author wrote, and which are defaults
     */
    record Forward(
            List<WeightedCluster> clusters,
            @Nullable Duration timeout,
            @Nullable Duration maxGrpcTimeout,
            RetryPolicy retry,
            List<HashPolicy> hash,
            Rewrite rewrite,
            List<Mirror> mirrors,
            Written written)
            implements RouteAction {
        /** One made by hand: a timeout and retries that say something count as written. */
        public Forward(
                List<WeightedCluster> clusters,
                @Nullable Duration timeout,
                @Nullable Duration maxGrpcTimeout,
                RetryPolicy retry,
                List<HashPolicy> hash,
                Rewrite rewrite,
                List<Mirror> mirrors) {
            this(clusters, timeout, maxGrpcTimeout, retry, hash, rewrite, mirrors, Written.of(timeout, retry));
        }

        public Forward {
            clusters = List.copyOf(clusters);
            hash = List.copyOf(hash);
            mirrors = List.copyOf(mirrors);
            if (clusters.isEmpty()) {
                throw new IllegalArgumentException("a forwarding route without a cluster");
            }
        }
    }

    /**
     * Answer with a redirect.
     *
     * @param scheme new scheme, or null
     * @param host new host, or null
     * @param port new port, or null
     * @param path new path (a query in it replaces the request's), or a prefix rewrite, or null
     * @param status 301, 302, 303, 307 or 308
     * @param stripQuery drop the request's query
     */
    record Redirect(
            @Nullable String scheme,
            @Nullable String host,
            @Nullable Integer port,
            Rewrite.@Nullable PathRewrite path,
            int status,
            boolean stripQuery)
            implements RouteAction {}

    /** Answer with a fixed status and body. */
    record DirectReply(int status, String body) implements RouteAction {}
}
