package dev.weft.http.tls;

import dev.weft.identity.SessionPeers;
import dev.weft.tls.ServerName;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import javax.net.ssl.SSLEngine;

/**
 * Server names by OpenSSL itself: what Netty puts around it makes the JDK's objects of them, which take no underscores, and Istio's names
 * have them. mesh-grpc is built with this file too.
 */
public final class Sni {
    private Sni() {}

    /** To the server. */
    static void show(SSLEngine engine, ServerName name) {
        if (engine instanceof ReferenceCountedOpenSslEngine openSsl) {
            SSL.setTlsExtHostName(openSsl.sslPointer(), name.ascii());
        } else {
            name.showBy(engine);
        }
    }

    /** What the client of a finished handshake has shown; empty if nothing. */
    public static String shown(SSLEngine engine) {
        if (!(engine instanceof ReferenceCountedOpenSslEngine openSsl)) {
            return SessionPeers.sni(engine.getSession());
        }
        long pointer = openSsl.sslPointer();
        String name = pointer == 0 ? null : SSL.getSniHostname(pointer);
        return name == null ? "" : name;
    }
}
