package dev.weft.control.access;

import java.util.Set;

/**
 * An OIDC issuer whose tokens are believed.
 *
 * @param issuer the exact {@code iss}
 * @param audiences one of them has to be in {@code aud}; not empty: a token for somebody else is no credential here
 * @param keys that sign its tokens
 */
public record JwtIssuer(String issuer, Set<String> audiences, IssuerKeys keys) {

    public JwtIssuer {
        audiences = Set.copyOf(audiences);
        if (issuer.isBlank() || audiences.isEmpty()) {
            throw new IllegalArgumentException("issuer '" + issuer + "' with audiences " + audiences
                    + ": a name and at least one audience were expected");
        }
    }
}
