package dev.weft.authz.jwt;

import dev.weft.authz.Arrival;
import dev.weft.config.JwtProvider;
import dev.weft.config.JwtProvider.ClaimHeader;
import dev.weft.jose.Jwt;
import dev.weft.jose.JwtRefusedException;
import dev.weft.jose.JwtStatus;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request while its tokens are judged. As in Envoy, each valid token leaves its traces at once, also when a later one is refused and
 * another alternative is tried: a token that was taken out of the head is not looked at again. Used by one thread at a time.
 */
final class Judgement {
    /** Envoy's name of the filter, under which policies look for claims. */
    static final String FILTER = "envoy.filters.http.jwt_authn";

    private final Arrival arrival;
    private final Map<String, Object> notes = new HashMap<>(2);
    private @Nullable Jwt believed;

    // Who was asked last and said no: for the log.
    private @Nullable Issuer refusedBy;
    private String refusedIssuer = "";

    Judgement(Arrival arrival) {
        this.arrival = arrival;
    }

    RequestHead head() {
        return arrival.head();
    }

    /** Fields that this issuer writes can come from nobody else. */
    void clear(Issuer issuer) {
        arrival.head(Fields.without(arrival.head(), issuer.fields()));
    }

    /** Judges one token of an issuer. */
    JwtStatus judge(FoundToken found, Issuers issuers, @Nullable Issuer only, @Nullable Audiences audiences) {
        Issuer issuer = only;
        JwtStatus status;
        try {
            Jwt token = issuer == null ? Jwt.parse(found.text()) : issuer.parse(found.text());
            refusedIssuer = token.issuer();
            if (!found.admits(token.issuer())) {
                status = JwtStatus.UNKNOWN_ISSUER;
            } else {
                issuer = issuer == null ? issuers.of(token.issuer()) : issuer;
                status = issuer == null ? JwtStatus.UNKNOWN_ISSUER : issuer.verify(found.text(), token, audiences);
            }
            if (status == JwtStatus.OK && issuer != null) {
                believe(issuer, token, found);
                return JwtStatus.OK;
            }
        } catch (JwtRefusedException e) {
            status = e.status();
        }
        refuse(issuer, status);
        return status;
    }

    /** Tells why a token of this issuer is not there or not believed. */
    void refuse(@Nullable Issuer issuer, JwtStatus status) {
        refusedBy = issuer;
        if (issuer != null && !issuer.said.failureInMetadata().isEmpty()) {
            notes.put(issuer.said.failureInMetadata(), Map.of("code", status.code(), "message", status.words()));
        }
    }

    private void believe(Issuer issuer, Jwt token, FoundToken found) {
        JwtProvider said = issuer.said;
        Headers.Builder headers = arrival.head().headers().toBuilder();
        if (!said.payloadHeader().isEmpty()) {
            headers.add(said.payloadHeader(), payload(token, said.padPayloadHeader()));
        }
        for (ClaimHeader claim : said.claimHeaders()) {
            String text = ClaimText.of(token.claims(), claim.claim());
            if (text != null) {
                headers.add(claim.header(), text);
            }
        }
        RequestHead changed = arrival.head().withHeaders(headers.build());
        arrival.head(said.forward() ? changed : found.where().without(changed));
        if (!said.headerInMetadata().isEmpty()) {
            notes.put(said.headerInMetadata(), token.headerFields());
        }
        if (!said.payloadInMetadata().isEmpty()) {
            notes.put(said.payloadInMetadata(), normalized(token.claims(), said.spaceDelimited()));
        }
        believed = token;
    }

    private static String payload(Jwt token, boolean pad) {
        String text = token.payload();
        return pad ? text + "=".repeat((4 - text.length() % 4) % 4) : text;
    }

    private static Map<String, Object> normalized(Map<String, Object> claims, List<String> spaceDelimited) {
        Map<String, Object> normalized = claims;
        for (String claim : spaceDelimited) {
            if (claims.get(claim) instanceof String text && !text.isEmpty()) {
                if (normalized == claims) {
                    normalized = new LinkedHashMap<>(claims);
                }
                normalized.put(
                        claim,
                        List.of(text.split(" ")).stream()
                                .filter(part -> !part.isEmpty())
                                .toList());
            }
        }
        return normalized;
    }

    /** Lets policies and the application know. */
    void publish() {
        notes.forEach((key, value) -> arrival.note(FILTER, key, value));
        Jwt token = believed;
        if (token != null) {
            arrival.caller(arrival.caller().withJwt(token.issuer() + "/" + token.subject(), token.claims()));
        }
    }

    /** For logs: whose requirement, and which issuer the token named. */
    String story() {
        return (refusedBy == null ? "" : " (provider " + refusedBy.name + ")")
                + (refusedIssuer.isEmpty() ? "" : ", issuer of the token " + refusedIssuer);
    }
}
