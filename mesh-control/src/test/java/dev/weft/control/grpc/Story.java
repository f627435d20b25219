package dev.weft.control.grpc;

import java.util.Locale;

/**
 * The scenarios, by gRPC's own names (doc/xds-test-descriptions.md, and the test cases of grpc/psm-interop), in the order of the table.
 * Times are scaled down; nothing else is.
 */
enum Story {
    PING_PONG("every one of four servers receives calls"),
    ROUND_ROBIN("the next 100 calls are spread evenly over four servers"),
    BACKENDS_RESTART("no call succeeds while all servers are down; afterwards they are spread as before"),
    SECONDARY_LOCALITY_GETS_REQUESTS_ON_PRIMARY_FAILURE(
            "the second zone takes over while the first is down, and hands back"),
    SECONDARY_LOCALITY_GETS_NO_REQUESTS_ON_PARTIAL_PRIMARY_FAILURE(
            "one server that is left in the first zone takes all"),
    GENTLE_FAILOVER("two of three servers of the first zone are unhealthy: the second zone takes a part"),
    REMOVE_INSTANCE_GROUP("half of the servers leave the configuration, and no call fails"),
    CHANGE_BACKEND_SERVICE("routes name another service, and no call fails"),
    TRAFFIC_SPLITTING("20 to 80 percent, over 1,000 calls"),
    PATH_MATCHING("by exact path, prefix, regular expression, and without regard to case"),
    HEADER_MATCHING(
            "exact, prefix, suffix, present, inverted, range and regular expression; suffix and range in Istio's words for them,"
                    + " which are regular expressions"),
    CIRCUIT_BREAKING(
            "exactly 500 and 1,000 calls at once to two services, the rest is refused; 800 after a live change"),
    TIMEOUT_IN_ROUTE_RULE("the route's timeout ends calls of one method only, as DEADLINE_EXCEEDED"),
    TIMEOUT_IN_APPLICATION("the caller's shorter deadline ends the call"),
    TIMEOUT_NOT_EXCEEDED("a call within the timeout succeeds"),
    ZERO_PERCENT_FAULT_INJECTION("a fault for 0 percent touches no call"),
    NON_MATCHING_FAULT_INJECTION("the fault of one route touches no call of another"),
    ALWAYS_DELAY("every call is delayed beyond its deadline"),
    ALWAYS_ABORT("every call is aborted with HTTP 401, which is UNAUTHENTICATED"),
    DELAY_HALF("half of the calls are delayed beyond their deadline"),
    ABORT_HALF("half of the calls are aborted"),
    RETRY_UP_TO_3_ATTEMPTS_AND_FAIL("three retries are not enough for a server that succeeds at the fourth"),
    RETRY_UP_TO_4_ATTEMPTS_AND_SUCCEED("four are"),
    HEADER_BASED_AFFINITY("one header value, one of three servers, one connection; all three without the header"),
    HEADER_BASED_AFFINITY_MULTIPLE_HEADERS("another value finds another server"),
    OUTLIER_DETECTION("a server that fails calls is left alone, and comes back when it fails no more"),
    MTLS("both sides prove themselves, and each sees who the other is"),
    TLS("the server proves itself to a caller that has no certificate"),
    PLAINTEXT_FALLBACK("without a policy both sides speak plaintext"),
    MTLS_ERROR("a caller without certificate does not reach a server that demands one"),
    SERVER_AUTHZ_ERROR("a server that proves another name than expected is not called"),
    AUTHZ_PLAINTEXT_ALLOW(
            "a guarded server, ALLOW by host, port and header: OK and PERMISSION_DENIED; by prefix where gRPC's test has a regular"
                    + " expression, which Istio's rules have not"),
    AUTHZ_MTLS_ALLOW("ALLOW by host, header and identity of the caller"),
    AUTHZ_PLAINTEXT_DENY("DENY by host and header"),
    AUTHZ_MTLS_DENY("DENY by host, header and identity of the caller");

    private final String shows;

    Story(String shows) {
        this.shows = shows;
    }

    /** gRPC's word for it. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    String shows() {
        return shows;
    }
}
