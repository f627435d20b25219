package dev.weft.authz.jwt;

import dev.weft.config.JwtProvider.Location;

/**
 * A text at a place where tokens are looked for.
 *
 * @param where it was
 */
record FoundToken(String text, TokenPlace where) {

    /** Whether tokens of this issuer may be shown there. */
    boolean admits(String issuer) {
        return where.admits(issuer);
    }

    Location location() {
        return where.location();
    }
}
