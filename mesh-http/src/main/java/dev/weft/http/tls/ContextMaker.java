package dev.weft.http.tls;

import dev.weft.config.UpstreamTls;
import dev.weft.identity.IdentitySource;
import dev.weft.runtime.Ticker;
import dev.weft.tls.Certificates;
import dev.weft.tls.ClientContexts;
import dev.weft.tls.JvmTrust;
import dev.weft.tls.ServerCheck;
import java.util.List;
import javax.net.ssl.SSLException;

/** Makes contexts towards servers, each with the check of who answers. */
public final class ContextMaker implements ClientContexts.Maker<ClientContext> {
    private final IdentitySource identity;
    private final MeshContexts contexts;
    private final JvmTrust trust;

    /** @param trust whom to believe where neither mesh nor files say it */
    public ContextMaker(IdentitySource identity, Ticker ticker, JvmTrust trust) {
        this(identity, new MeshContexts(identity, ticker), trust);
    }

    ContextMaker(IdentitySource identity, MeshContexts contexts, JvmTrust trust) {
        this.identity = identity;
        this.contexts = contexts;
        this.trust = trust;
    }

    @Override
    public ClientContext make(UpstreamTls tls, List<String> alpn, Certificates loaded) throws SSLException {
        return new ClientContext(contexts.client(tls, alpn, loaded, trust), new ServerCheck(tls, identity));
    }
}
