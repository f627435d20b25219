package dev.weft.authz.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.config.JwtProvider;
import dev.weft.jose.Jwt;
import dev.weft.jose.KeySet;
import org.jspecify.annotations.Nullable;

/**
 * Tokens whose signature was verified lately, so that it need not be done for each request. It says nothing but that: times and
 * audiences are judged each time, and with other keys everything is forgotten.
 */
final class VerifiedTokens {
    private record Verified(Jwt token, KeySet by) {}

    private final int maxChars;
    private final @Nullable Cache<String, Verified> tokens;

    VerifiedTokens(JwtProvider.Cache bounds) {
        maxChars = bounds.maxChars();
        tokens = bounds.tokens() == 0
                ? null
                : Caffeine.newBuilder()
                        .maximumSize(bounds.tokens())
                        .executor(Runnable::run)
                        .build();
    }

    /** The token taken apart, if these keys have verified it; else null. */
    @Nullable
    Jwt find(String text, KeySet keys) {
        Verified known = tokens == null ? null : tokens.getIfPresent(text);
        return known != null && known.by == keys ? known.token : null;
    }

    void add(String text, Jwt token, KeySet keys) {
        if (tokens != null && text.length() <= maxChars) {
            tokens.put(text, new Verified(token, keys));
        }
    }
}
