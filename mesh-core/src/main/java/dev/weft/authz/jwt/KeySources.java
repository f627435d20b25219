package dev.weft.authz.jwt;

import dev.weft.config.JwtProvider;
import dev.weft.jose.RemoteKeys;

/** Keys behind URLs. Asked when the policy changes; the same place gives the same keys again, so that they need not be fetched anew. */
@FunctionalInterface
public interface KeySources {
    RemoteKeys keys(JwtProvider.Keys.Remote where);
}
