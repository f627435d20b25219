package dev.weft.identity;

import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Gives each connection a session cache and ticket keys of its own, which is how JSSE is kept from resuming: it has no
 * switch for that per context (a cache size or timeout of 0 means without limit). Managers are shared; what is made anew per
 * connection is an empty JSSE context, which costs microseconds beside a handshake's hundreds.
 */
final class FreshSessions extends SSLContextSpi {
    private final @Nullable X509ExtendedKeyManager keys;
    private final X509ExtendedTrustManager trust;
    private final boolean client;
    private final SecureRandom random = new SecureRandom();
    /** Never used by a connection; for what JSSE says of itself. */
    private final SSLContext template;

    FreshSessions(@Nullable X509ExtendedKeyManager keys, X509ExtendedTrustManager trust, boolean client) {
        this.keys = keys;
        this.trust = trust;
        this.client = client;
        template = fresh();
    }

    Provider provider() {
        return template.getProvider();
    }

    boolean client() {
        return client;
    }

    SSLContext fresh() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys == null ? new KeyManager[0] : new KeyManager[] {keys}, new TrustManager[] {trust}, random);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform offers no TLS: " + e.getMessage(), e);
        }
    }

    @Override
    public void engineInit(
            KeyManager @Nullable [] keyManagers, TrustManager @Nullable [] trustManagers, @Nullable SecureRandom source)
            throws KeyManagementException {
        throw new KeyManagementException("a context of the mesh is initialised already and takes no other managers");
    }

    @Override
    public SSLSocketFactory engineGetSocketFactory() {
        return new FreshSockets(this);
    }

    @Override
    public SSLServerSocketFactory engineGetServerSocketFactory() {
        throw new UnsupportedOperationException(
                "sockets of one server socket would share a session cache; accept a plain socket and layer TLS on it by"
                        + " getSocketFactory().createSocket(socket, null, true), or use createSSLEngine()");
    }

    @Override
    public SSLEngine engineCreateSSLEngine() {
        return sided(fresh().createSSLEngine());
    }

    @Override
    public SSLEngine engineCreateSSLEngine(String host, int port) {
        return sided(fresh().createSSLEngine(host, port));
    }

    private SSLEngine sided(SSLEngine engine) {
        engine.setUseClientMode(client);
        if (!client) {
            engine.setNeedClientAuth(true);
        }
        return engine;
    }

    /** Empty for ever. */
    @Override
    public SSLSessionContext engineGetServerSessionContext() {
        return template.getServerSessionContext();
    }

    /** Empty for ever. */
    @Override
    public SSLSessionContext engineGetClientSessionContext() {
        return template.getClientSessionContext();
    }

    @Override
    public SSLParameters engineGetDefaultSSLParameters() {
        SSLParameters parameters = template.getDefaultSSLParameters();
        parameters.setNeedClientAuth(!client);
        return parameters;
    }

    @Override
    public SSLParameters engineGetSupportedSSLParameters() {
        return template.getSupportedSSLParameters();
    }
}
