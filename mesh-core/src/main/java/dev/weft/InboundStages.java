package dev.weft;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.authz.Stage;
import dev.weft.authz.StageFactory;
import dev.weft.authz.external.Courier;
import dev.weft.authz.external.ExternalFilter;
import dev.weft.authz.jwt.JwtFilter;
import dev.weft.config.ExternalAuthorizationStage;
import dev.weft.config.JwtProvider;
import dev.weft.config.JwtStage;
import dev.weft.identity.SpiffeId;
import dev.weft.jose.KeyFetch;
import dev.weft.jose.RemoteKeys;
import dev.weft.runtime.World;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Makes the stages of the inbound policy that need more than what a request brings along: keys, a clock, the way to an authorizer. */
final class InboundStages implements StageFactory {
    private final World world;
    private final Executor blocking;
    private final Courier courier;
    private final MeshIdentity identity;

    /** Weak values: keys are forgotten when no stage uses them any more, and kept when a policy changes around them. */
    private final Cache<JwtProvider.Keys.Remote, RemoteKeys> keys =
            Caffeine.newBuilder().weakValues().build();

    /** @param blocking fetches keys */
    InboundStages(World world, Executor blocking, Courier courier, MeshIdentity identity) {
        this.world = world;
        this.blocking = blocking;
        this.courier = courier;
        this.identity = identity;
    }

    @Override
    public Stage jwt(JwtStage said) {
        return JwtFilter.of(said, where -> keys.get(where, this::keys), world.ticker());
    }

    private RemoteKeys keys(JwtProvider.Keys.Remote where) {
        return new RemoteKeys(
                where.url().toString(), fetch(where), where.cacheFor(), where.retryAfter(), world.ticker());
    }

    /** In plaintext only through the mesh, which encrypts: keys that could be exchanged on their way would verify anything. */
    private KeyFetch fetch(JwtProvider.Keys.Remote where) {
        if ("http".equalsIgnoreCase(where.url().getScheme()) && !where.cluster().isEmpty()) {
            return new MeshKeyFetch(courier, where);
        }
        try {
            return KeyFetch.https(where.url(), false, where.timeout(), blocking, world.ticker());
        } catch (IllegalArgumentException e) {
            return () -> CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Stage external(ExternalAuthorizationStage said) {
        return ExternalFilter.of(
                said, courier, () -> identity.id().map(SpiffeId::toString).orElse(""), world.ticker());
    }
}
