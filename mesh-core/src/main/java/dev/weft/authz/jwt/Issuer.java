package dev.weft.authz.jwt;

import dev.weft.config.JwtProvider;
import dev.weft.config.Printable;
import dev.weft.jose.Jwt;
import dev.weft.jose.JwtRefusedException;
import dev.weft.jose.JwtStatus;
import dev.weft.jose.KeySet;
import dev.weft.jose.RemoteKeys;
import dev.weft.match.TextTest;
import dev.weft.runtime.Ticker;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One provider made ready: its keys, and what it demands of a token. */
final class Issuer {
    private static final Logger log = LoggerFactory.getLogger(Issuer.class);

    final String name;
    final JwtProvider said;
    final TokenPlaces places;

    private final KeySet inline;
    private final @Nullable RemoteKeys remote;
    private final @Nullable TextTest subject;
    private final Audiences audiences;
    private final VerifiedTokens verified;
    private final Ticker ticker;

    Issuer(String name, JwtProvider said, KeySources sources, Ticker ticker) {
        this.name = name;
        this.said = said;
        this.ticker = ticker;
        places = TokenPlaces.of(List.of(said));
        remote = said.keys() instanceof JwtProvider.Keys.Remote where ? sources.keys(where) : null;
        inline = said.keys() instanceof JwtProvider.Keys.Inline text ? parsed(text.json()) : KeySet.NONE;
        subject = said.subject() == null ? null : TextTest.of(said.subject());
        audiences = Audiences.of(said.audiences());
        verified = new VerifiedTokens(said.cache());
    }

    private KeySet parsed(String json) {
        try {
            KeySet keys = KeySet.parse(json);
            if (keys.isEmpty()) {
                log.warn(
                        "issuer {}: its keys hold none that could verify a token; all its tokens are refused",
                        issuer());
            }
            return keys;
        } catch (ParseException e) {
            log.warn("issuer {}: its keys are no JWKS: {}; all its tokens are refused", issuer(), e.getMessage());
            return KeySet.NONE;
        }
    }

    private String issuer() {
        return Printable.of(said.issuer());
    }

    /** The keys of this moment, or null: they could not be fetched. */
    private @Nullable KeySet keys() {
        return remote == null ? inline : remote.keys();
    }

    /** Whether its keys come from elsewhere. */
    boolean fetches() {
        return remote != null;
    }

    /** A fetch without whose result this token cannot be judged, or null. */
    @Nullable
    CompletionStage<Void> missing(String token) {
        if (remote == null) {
            return null;
        }
        KeySet keys = remote.keys();
        if (keys == null) {
            return remote.worthWaitingFor(null);
        }
        if (verified.find(token, keys) != null) {
            return null;
        }
        try {
            Jwt parsed = Jwt.parse(token);
            boolean ours = said.issuer().isEmpty() || said.issuer().equals(parsed.issuer());
            return ours ? remote.worthWaitingFor(parsed.keyId()) : null;
        } catch (JwtRefusedException e) {
            return null;
        }
    }

    /** A token taken apart, by memory if it was verified before. */
    Jwt parse(String token) throws JwtRefusedException {
        KeySet keys = keys();
        Jwt known = keys == null ? null : verified.find(token, keys);
        return known == null ? Jwt.parse(token) : known;
    }

    /**
     * Judges all but who may show it where.
     *
     * @param wanted audiences instead of its own, or null
     */
    JwtStatus verify(String text, Jwt token, @Nullable Audiences wanted) {
        long now = Math.floorDiv(ticker.epochMillis(), 1000L);
        JwtStatus times = token.times(now, said.clockSkew().toSeconds());
        if (times != JwtStatus.OK) {
            return times;
        }
        if (subject != null && !subject.test(token.subject()) || !lifetime(token, now)) {
            return JwtStatus.VERIFICATION_FAILS;
        }
        if (!(wanted == null ? audiences : wanted).allow(token.audiences())) {
            return JwtStatus.AUDIENCE_NOT_ALLOWED;
        }
        KeySet keys = keys();
        if (keys == null) {
            return JwtStatus.KEYS_NOT_FETCHED;
        }
        if (verified.find(text, keys) == token) {
            return JwtStatus.OK;
        }
        JwtStatus status = keys.verify(token);
        if (status == JwtStatus.OK) {
            verified.add(text, token, keys);
        }
        return status;
    }

    private boolean lifetime(Jwt token, long now) {
        Duration most = said.lifetime();
        return most == null
                || token.expires() != 0
                        && (most.equals(JwtProvider.UNLIMITED) || token.expires() - now < most.toSeconds());
    }

    /** Names of the fields that only this may write. */
    List<String> fields() {
        List<String> fields = new ArrayList<>();
        if (!said.payloadHeader().isEmpty()) {
            fields.add(said.payloadHeader());
        }
        said.claimHeaders().forEach(claim -> fields.add(claim.header()));
        return fields;
    }
}
