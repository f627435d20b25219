package dev.weft.control.access;

import dev.weft.control.access.RefusedException.Reason;
import dev.weft.identity.SpiffeId;
import dev.weft.jose.Jwt;
import dev.weft.jose.JwtRefusedException;
import dev.weft.jose.JwtStatus;
import dev.weft.jose.KeySet;
import dev.weft.runtime.Ticker;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates by a JWT whose subject is a service account as Kubernetes writes it. Only algorithms with public keys are
 * believed, whatever the token says of itself.
 */
public final class JwtAuthenticator implements CallerAuthenticator {
    /** What clocks of two machines may differ. */
    private static final long SKEW_SECONDS = 60;

    /** All tokens of our own begin so, and no JWT does: its first letters are those of an encoded brace. */
    private static final String OWN = "weft";

    private static final int MAX_CHARS = 8192;
    private static final Pattern SUBJECT = Pattern.compile("system:serviceaccount:([^:]+):([^:]+)");

    private final String trustDomain;
    private final Map<String, JwtIssuer> issuers;
    private final Ticker ticker;

    /**
     * Believes these issuers.
     *
     * @param trustDomain of the identities that their tokens stand for
     */
    public JwtAuthenticator(String trustDomain, Collection<JwtIssuer> issuers, Ticker ticker) {
        this.trustDomain = trustDomain;
        this.issuers = issuers.stream().collect(Collectors.toMap(JwtIssuer::issuer, Function.identity()));
        this.ticker = ticker;
    }

    @Override
    public @Nullable Caller authenticate(Credentials credentials) throws RefusedException {
        String bearer = credentials.bearer();
        if (bearer == null || bearer.startsWith(OWN)) {
            return null;
        }
        if (bearer.length() > MAX_CHARS) {
            throw refused("JWT: " + bearer.length() + " characters, at most " + MAX_CHARS + " were expected");
        }
        Jwt token;
        try {
            token = Jwt.parse(bearer);
        } catch (JwtRefusedException e) {
            throw refused("the bearer token is no JWT that can be verified: " + e.getMessage());
        }
        JwtIssuer issuer = issuers.get(token.issuer());
        if (issuer == null) {
            throw refused("JWT: issuer " + token.issuer() + " is not known here");
        }
        verify(token, issuer);
        times(token);
        if (token.audiences().stream().noneMatch(issuer.audiences()::contains)) {
            throw refused("JWT: audience " + token.audiences() + ", one of " + issuer.audiences() + " was expected");
        }
        return Caller.of(identity(token.subject()), "jwt", (token.expires() + SKEW_SECONDS) * 1000);
    }

    private static void verify(Jwt token, JwtIssuer issuer) throws RefusedException {
        KeySet keys = issuer.keys().keys(token.keyId());
        if (keys == null) {
            throw new RefusedException(Reason.UNAVAILABLE, "JWT: the issuer's keys are not at hand; try again");
        }
        JwtStatus status = keys.verify(token);
        if (status != JwtStatus.OK) {
            throw refused("JWT: not signed by a key of its issuer: " + status.words());
        }
    }

    private void times(Jwt token) throws RefusedException {
        if (token.expires() <= 0 || token.expires() > Long.MAX_VALUE / 2000) {
            throw refused("JWT: has no exp");
        }
        switch (token.times(ticker.epochMillis() / 1000, SKEW_SECONDS)) {
            case OK -> {}
            case EXPIRED ->
                throw new RefusedException(Reason.EXPIRED, "JWT: expired at " + Instant.ofEpochSecond(token.expires()));
            default -> throw refused("JWT: not valid before its nbf");
        }
    }

    private SpiffeId identity(String subject) throws RefusedException {
        Matcher parts = SUBJECT.matcher(subject);
        if (!parts.matches()) {
            throw refused("JWT: subject " + subject + ", system:serviceaccount:NAMESPACE:NAME was expected");
        }
        try {
            return SpiffeId.of(trustDomain, parts.group(1), parts.group(2));
        } catch (IllegalArgumentException e) {
            throw refused("JWT: subject " + subject + ": " + e.getMessage());
        }
    }

    private static RefusedException refused(String message) {
        return new RefusedException(Reason.UNAUTHENTICATED, message);
    }
}
