package dev.weft.xds;

import dev.weft.controlplane.ControlPlaneChannel;
import dev.weft.controlplane.ServerAddress;
import dev.weft.identity.ControlPlaneTrust;
import dev.weft.identity.Identity;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.MeshTls;
import dev.weft.runtime.Ticker;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Channels with TLS in both directions, by the identity that is current at each handshake. Where the control plane does not know us
 * by our certificate, because something before it ends TLS, the next stream carries our token too, if we have one.
 */
final class SecureChannels implements Channels {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final IdentitySource own;
    private final @Nullable Supplier<@Nullable String> bearer;
    private final Runnable mistrusted;
    private final Ticker ticker;
    private final SSLContext context;
    private boolean withBearer;

    /**
     * Channels by an identity.
     *
     * @param bearer reads the token of the moment; null if there is none
     * @param mistrusted hears that one side did not believe the other's certificate
     */
    SecureChannels(
            IdentitySource own, @Nullable Supplier<@Nullable String> bearer, Runnable mistrusted, Ticker ticker) {
        this.own = own;
        this.bearer = bearer;
        this.mistrusted = mistrusted;
        this.ticker = ticker;
        context = MeshTls.toControlPlane(own, ControlPlaneTrust.of(own, ticker), ticker);
    }

    @Override
    public ManagedChannel open(String server) {
        return ControlPlaneChannel.secure(ServerAddress.of(server), context, interceptors());
    }

    private ClientInterceptor[] interceptors() {
        String token = withBearer && bearer != null ? bearer.get() : null;
        if (token == null) {
            return new ClientInterceptor[0];
        }
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        return new ClientInterceptor[] {MetadataUtils.newAttachHeadersInterceptor(headers)};
    }

    @Override
    public boolean ready() {
        return goodUntilMillis() > ticker.epochMillis();
    }

    @Override
    public long goodUntilMillis() {
        Identity identity = own.current();
        return identity == null ? 0 : identity.svid().expiry().toEpochMilli();
    }

    @Override
    public void unauthenticated() {
        withBearer = !withBearer;
    }

    @Override
    public void mistrusted() {
        mistrusted.run();
    }
}
