package dev.weft.control.ca;

import dev.weft.control.ca.RefusedException.Reason;
import dev.weft.identity.PeerChains;
import dev.weft.identity.PeerRefusedException;
import dev.weft.runtime.Ticker;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * For the control plane's port: asks clients for certificates under the roots of each moment, with nothing to rebuild. A
 * refused certificate ends the handshake, and is in the audit log like a refused request.
 */
public final class ClientTrust extends X509ExtendedTrustManager {
    private final CertificateAuthority authority;
    private final AuditLog audit;
    private final Ticker ticker;

    public ClientTrust(CertificateAuthority authority, AuditLog audit, Ticker ticker) {
        this.authority = authority;
        this.audit = audit;
        this.ticker = ticker;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain, null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(
                chain,
                socket.getInetAddress() == null ? null : socket.getInetAddress().getHostAddress());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, engine.getPeerHost());
    }

    private void check(X509Certificate[] chain, @Nullable String source) throws CertificateException {
        try {
            PeerChains.client(List.of(chain), authority.bundle(), ticker.epochMillis());
        } catch (PeerRefusedException e) {
            try {
                audit.refused(
                        new AuditLog.Request(source == null ? "a TLS handshake" : source, "certificate", null),
                        new RefusedException(Reason.UNAUTHENTICATED, String.valueOf(e.getMessage())));
            } catch (IOException unwritten) {
                e.addSuppressed(unwritten);
            }
            throw e;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this trusts clients only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    /** None: a list sent to clients would be that of the moment at which the port was opened. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    @Override
    public String toString() {
        return "ClientTrust[" + authority.trustDomain() + "]";
    }
}
