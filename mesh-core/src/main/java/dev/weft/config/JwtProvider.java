package dev.weft.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens are believed, where they are looked for, and what the application gets to see of them.
 *
 * @param issuer {@code iss} of its tokens; empty = any
 * @param audiences of which a token must name one; empty = any
 * @param subject what {@code sub} must be like, or null
 * @param lifetime how far {@code exp} may lie ahead; null = no {@code exp} is needed; {@link #UNLIMITED} = any, but there must be one
 * @param clockSkew tolerance for {@code exp} and {@code nbf}
 * @param keys what its tokens are verified with
 * @param locations where tokens are looked for; at least one
 * @param forward the application gets the token too
 * @param payloadHeader lower-case name of the field that carries the payload on, base64url; or empty
 * @param padPayloadHeader the payload in that field is padded with {@code =}
 * @param claimHeaders fields that carry claims on
 * @param payloadInMetadata key under which policies find the claims; empty = they do not
 * @param headerInMetadata key under which policies find the token's header; empty = they do not
 * @param failureInMetadata key under which policies find why a token was refused; empty = they do not
 * @param spaceDelimited claims that are lists written as one text
 * @param cache how many verified tokens are remembered
 */
public record JwtProvider(
        String issuer,
        List<String> audiences,
        @Nullable StringMatch subject,
        @Nullable Duration lifetime,
        Duration clockSkew,
        Keys keys,
        List<Location> locations,
        boolean forward,
        String payloadHeader,
        boolean padPayloadHeader,
        List<ClaimHeader> claimHeaders,
        String payloadInMetadata,
        String headerInMetadata,
        String failureInMetadata,
        List<String> spaceDelimited,
        Cache cache) {

    /** Of a {@link #lifetime}. */
    public static final Duration UNLIMITED = Duration.ofNanos(Long.MAX_VALUE);

    public JwtProvider {
        audiences = List.copyOf(audiences);
        locations = List.copyOf(locations);
        claimHeaders = List.copyOf(claimHeaders);
        spaceDelimited = List.copyOf(spaceDelimited);
        if (locations.isEmpty()) {
            throw new IllegalArgumentException("locations: at least one was expected");
        }
    }

    /** Where the keys are. */
    public sealed interface Keys {

        /** A JWKS as text. What is none verifies nothing. */
        record Inline(String json) implements Keys {}

        /**
         * A JWKS behind a URL.
         *
         * @param url http or https
         * @param cluster through which the mesh leads there, for plain http; or empty
         * @param timeout of a fetch
         * @param cacheFor after which it is fetched again
         * @param retryAfter how long to wait after a fetch that failed
         */
        record Remote(URI url, String cluster, Duration timeout, Duration cacheFor, Duration retryAfter)
                implements Keys {}
    }

    /** Where a token is looked for. */
    public sealed interface Location {
        /** Name of the header field (lower case), the query parameter or the cookie. */
        String name();

        /**
         * In a header field.
         *
         * @param prefix after which the token begins, wherever in the value that is; empty = the whole value
         */
        record Header(String name, String prefix) implements Location {}

        /** In a query parameter. */
        record Parameter(String name) implements Location {}

        /** In a cookie. */
        record Cookie(String name) implements Location {}
    }

    /**
     * A claim for the application.
     *
     * @param header lower-case name
     * @param claim name; dots lead into nested objects
     */
    public record ClaimHeader(String header, String claim) {}

    /**
     * Bounds of what is remembered.
     *
     * @param tokens how many; 0 = none
     * @param maxChars of a token that is remembered; longer ones are verified each time
     */
    public record Cache(int tokens, int maxChars) {
        /** Where nothing is said: a thousand tokens of 4 KiB. */
        public static final Cache DEFAULT = new Cache(1000, 4096);
    }
}
