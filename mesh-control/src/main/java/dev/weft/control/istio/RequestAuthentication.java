package dev.weft.control.istio;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens requests to some workloads may carry.
 *
 * @param selector labels of the workloads; empty = all of the namespace, or of the mesh in the root namespace
 * @param targeted about gateways or waypoints: sidecars and libraries do not follow it
 */
public record RequestAuthentication(Map<String, String> selector, boolean targeted, List<JwtRule> rules)
        implements Spec {

    /**
     * An issuer.
     *
     * @param issuer empty = any
     * @param audiences of which a token must name one; empty = any
     * @param jwksUri where its keys are, or null
     * @param jwks its keys, or null
     * @param fromHeaders where tokens are; all three empty = {@code Authorization: Bearer} and {@code access_token}
     * @param payloadHeader header that gets the token's payload, or empty
     * @param timeout of fetching keys, or null for Istio's
     */
    public record JwtRule(
            String issuer,
            List<String> audiences,
            @Nullable String jwksUri,
            @Nullable String jwks,
            List<Header> fromHeaders,
            List<String> fromParams,
            List<String> fromCookies,
            String payloadHeader,
            boolean forwardOriginalToken,
            List<ClaimHeader> claimsToHeaders,
            @Nullable Duration timeout,
            List<String> spaceDelimitedClaims) {}

    /** A header with tokens behind a prefix. */
    public record Header(String name, String prefix) {}

    /** A header that gets a claim. */
    public record ClaimHeader(String header, String claim) {}

    static RequestAuthentication read(Fields fields) {
        return new RequestAuthentication(
                Selector.read(fields),
                Selector.targeted(fields),
                fields.messages("jwtRules", RequestAuthentication::rule));
    }

    private static JwtRule rule(Fields fields) {
        return new JwtRule(
                fields.string("issuer", ""),
                fields.strings("audiences"),
                fields.string("jwksUri"),
                fields.string("jwks"),
                fields.messages("fromHeaders", h -> new Header(h.string("name", ""), h.string("prefix", ""))),
                fields.strings("fromParams"),
                fields.strings("fromCookies"),
                fields.string("outputPayloadToHeader", ""),
                fields.flag("forwardOriginalToken"),
                fields.messages(
                        "outputClaimToHeaders", c -> new ClaimHeader(c.string("header", ""), c.string("claim", ""))),
                fields.duration("timeout"),
                fields.strings("spaceDelimitedClaims"));
    }
}
