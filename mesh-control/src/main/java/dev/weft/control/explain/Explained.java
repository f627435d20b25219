package dev.weft.control.explain;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision with everything that will be done. The names of the components are the fields of the JSON that {@code meshctl
 * explain -o json} prints, and stay as they are; docs/explain.md describes them.
 *
 * @param request what was asked
 * @param decision {@code forward}, {@code answer} or {@code passThrough}
 * @param virtualHost that the request belongs to, or null
 * @param route that matched, or null
 * @param action what happens: {@code forward}, {@code redirect}, {@code directResponse}, {@code fault}, {@code preflight},
 *     {@code noRoute}, {@code noCluster}, {@code noHealthyHost}, {@code refused} or {@code passThrough}
 * @param cluster the one that the request goes to; null if the mesh answers or weights decide between several
 * @param clusters that the request may go to, with weights
 * @param status of an answer of the mesh's own, 0 if a server answers
 * @param flags Envoy's response flags of that answer
 * @param body of that answer, or null
 * @param responseHeaders of that answer
 * @param upstream what the server will see, or null if none will
 * @param timeouts bounds of the call
 * @param retries or null for none
 * @param written who wrote those bounds
 * @param rewrite as configured, or null
 * @param mirrors copies that are sent
 * @param faults that are injected, or null
 * @param headers changes as configured
 * @param servers what the workloads behind the clusters say to the request, each different verdict once
 * @param steps how it came to this, in order
 * @param notes what was presumed
 * @param problems parts of the configuration that clients would refuse
 */
public record Explained(
        Asked request,
        String decision,
        @Nullable String virtualHost,
        @Nullable RouteShown route,
        String action,
        @Nullable String cluster,
        List<Choice> clusters,
        int status,
        String flags,
        @Nullable String body,
        Map<String, String> responseHeaders,
        @Nullable Upstream upstream,
        Timeouts timeouts,
        @Nullable RetriesShown retries,
        WrittenShown written,
        @Nullable RewriteShown rewrite,
        List<MirrorShown> mirrors,
        @Nullable FaultsShown faults,
        HeadersShown headers,
        List<ServerShown> servers,
        List<String> steps,
        List<String> notes,
        List<String> problems) {

    /** The request. */
    public record Asked(
            String method,
            String scheme,
            String authority,
            String path,
            int port,
            String namespace,
            String serviceAccount,
            Map<String, String> labels) {}

    /** @param index in its virtual host, from 0 */
    public record RouteShown(
            String name,
            int index,
            @Nullable String resource,
            @Nullable String file,
            int line) {}

    /**
     * A destination.
     *
     * @param percent of the requests that it gets
     * @param endpoints that it has, of any health; 0 where names are resolved by the client
     */
    public record Choice(String cluster, int weight, double percent, int endpoints) {}

    /**
     * The request as the server sees it.
     *
     * @param headersSet fields that are added or changed
     * @param headersRemoved fields that are gone
     */
    public record Upstream(
            String method, String host, String path, Map<String, String> headersSet, List<String> headersRemoved) {}

    /**
     * Milliseconds; null means none.
     *
     * @param requestMillis of the whole call
     * @param perTryMillis of one attempt
     */
    public record Timeouts(
            @Nullable Long requestMillis, @Nullable Long perTryMillis) {}

    /** @param attempts further ones after the first */
    public record RetriesShown(
            int attempts,
            List<String> retryOn,
            List<Integer> statusCodes,
            long backoffBaseMillis,
            long backoffMaxMillis,
            boolean avoidPreviousHosts) {}

    /** Place of what somebody wrote; null is a default, before which a client's own declaration comes. */
    public record WrittenShown(
            @Nullable String timeout,
            @Nullable String retries,
            @Nullable String perTryTimeout) {}

    /** What is put in place of what matched, and of the authority. */
    public record RewriteShown(
            @Nullable String path, @Nullable String authority) {}

    /** A copy. */
    public record MirrorShown(String cluster, double percent) {}

    /** Faults; null parts are not injected. */
    public record FaultsShown(
            @Nullable Long delayMillis,
            double delayPercent,
            @Nullable Integer abortStatus,
            @Nullable Integer abortGrpcStatus,
            double abortPercent) {}

    /** Header changes in both directions. */
    public record HeadersShown(Ops request, Ops response) {}

    /**
     * The verdict of a workload's own policy.
     *
     * @param service host of its service
     * @param connection which connections it takes, and how it is called
     * @param allowed whether the application gets the request
     * @param status of the refusal; 0 if allowed, or if the connection is not even taken
     * @param reason of the refusal, with the policy, or null
     * @param authorizerAsked whether a service has to be asked as well, whose answer is not known offline
     */
    public record ServerShown(
            String service,
            String connection,
            boolean allowed,
            int status,
            @Nullable String reason,
            boolean authorizerAsked) {}

    /** @param set {@code name: value}, with {@code (append)} and the like where it does not replace */
    public record Ops(List<String> set, List<String> remove) {}
}
