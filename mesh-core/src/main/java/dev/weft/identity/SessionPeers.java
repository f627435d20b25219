package dev.weft.identity;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSession;

/** What a finished handshake says, read from its certificate once per connection. Only for sessions of the mesh's own contexts. */
public final class SessionPeers {
    private static final String IDENTITY = "dev.weft.identity";

    private SessionPeers() {}

    /** Who is at the other end. */
    public static PeerIdentity identity(SSLSession session) {
        if (session.getValue(IDENTITY) instanceof PeerIdentity known) {
            return known;
        }
        PeerIdentity identity = PeerIdentity.of(session);
        session.putValue(IDENTITY, identity);
        return identity;
    }

    /** The name that the client asked for, or empty. */
    public static String sni(SSLSession session) {
        if (session instanceof ExtendedSSLSession extended) {
            try {
                for (SNIServerName name : extended.getRequestedServerNames()) {
                    if (name instanceof SNIHostName host) {
                        return host.getAsciiName();
                    }
                }
            } catch (UnsupportedOperationException | IllegalArgumentException e) {
                // This TLS provider does not keep them, or cannot say one with an underscore.
                return "";
            }
        }
        return "";
    }
}
