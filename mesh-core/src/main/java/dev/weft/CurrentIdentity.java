package dev.weft;

import dev.weft.identity.AllowedPeers;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.MeshTls;
import dev.weft.identity.SpiffeId;
import dev.weft.runtime.Ticker;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The identity of a source, with what users ask of it. */
final class CurrentIdentity implements MeshIdentity {
    private final IdentitySource source;
    private final SSLContext server;

    CurrentIdentity(IdentitySource source, Ticker ticker) {
        this.source = source;
        server = MeshTls.server(source, AllowedPeers.any(), ticker);
    }

    @Override
    public @Nullable Identity current() {
        return source.current();
    }

    @Override
    public Runnable onChange(Consumer<Identity> listener) {
        return source.onChange(listener);
    }

    @Override
    public String trouble() {
        return source.trouble();
    }

    @Override
    public Optional<SpiffeId> id() {
        return Optional.ofNullable(current()).map(identity -> identity.svid().id());
    }

    @Override
    public Optional<Instant> expires() {
        return Optional.ofNullable(current()).map(identity -> identity.svid().expiry());
    }

    @Override
    public SSLContext sslContext() {
        return server;
    }
}
