package dev.weft.control.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.weft.control.access.RefusedException.Reason;
import dev.weft.identity.SpiffeId;
import dev.weft.runtime.Ticker;
import java.text.ParseException;
import java.time.Duration;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Set;
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
    private static final Duration SKEW = Duration.ofSeconds(60);

    /** All tokens of our own begin so, and no JWT does: its first letters are those of an encoded brace. */
    private static final String OWN = "weft";

    private static final int MAX_CHARS = 8192;
    private static final Pattern SUBJECT = Pattern.compile("system:serviceaccount:([^:]+):([^:]+)");
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

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
        try {
            SignedJWT token = SignedJWT.parse(bearer);
            JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
            if (!ALGORITHMS.contains(algorithm)) {
                throw refused("JWT: algorithm " + algorithm + ", one with a public key was expected");
            }
            String name = token.getJWTClaimsSet().getIssuer();
            JwtIssuer issuer = name == null ? null : issuers.get(name);
            if (issuer == null) {
                throw refused("JWT: issuer " + name + " is not known here");
            }
            JWTClaimsSet claims = verified(token, algorithm, issuer);
            times(claims);
            if (claims.getAudience().stream().noneMatch(issuer.audiences()::contains)) {
                throw refused(
                        "JWT: audience " + claims.getAudience() + ", one of " + issuer.audiences() + " was expected");
            }
            return Caller.of(
                    identity(claims.getSubject()),
                    "jwt",
                    claims.getExpirationTime().getTime() + SKEW.toMillis());
        } catch (ParseException e) {
            // Also what calls itself unsigned: "none" is no algorithm of a signed token.
            throw refused("the bearer token is no signed JWT");
        }
    }

    private static JWTClaimsSet verified(SignedJWT token, JWSAlgorithm algorithm, JwtIssuer issuer)
            throws RefusedException {
        JWKSet keys = issuer.keys().keys();
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithm, new ImmutableJWKSet<>(keys)));
        // Claims are judged below, by this world's clock.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        try {
            return processor.process(token, null);
        } catch (RemoteKeySourceException e) {
            throw new RefusedException(Reason.UNAVAILABLE, "JWT: the issuer's keys are not at hand");
        } catch (BadJOSEException | JOSEException e) {
            String id = token.getHeader().getKeyID();
            if (id != null && keys.getKeyByKeyId(id) == null) {
                issuer.keys().missed();
            }
            throw refused("JWT: not signed by a key of its issuer");
        }
    }

    private void times(JWTClaimsSet claims) throws RefusedException {
        long now = ticker.epochMillis();
        Date expires = claims.getExpirationTime();
        if (expires == null) {
            throw refused("JWT: has no exp");
        }
        if (now >= expires.getTime() + SKEW.toMillis()) {
            throw new RefusedException(Reason.EXPIRED, "JWT: expired at " + expires.toInstant());
        }
        Date from = claims.getNotBeforeTime();
        if (from != null && now < from.getTime() - SKEW.toMillis()) {
            throw refused("JWT: not valid before " + from.toInstant());
        }
    }

    private SpiffeId identity(@Nullable String subject) throws RefusedException {
        Matcher parts = SUBJECT.matcher(subject == null ? "" : subject);
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
