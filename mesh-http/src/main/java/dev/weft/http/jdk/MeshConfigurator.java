package dev.weft.http.jdk;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import dev.weft.Inlet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Makes each connection of an HttpsServer one of the mesh, or none. */
final class MeshConfigurator extends HttpsConfigurator {
    private final Inlet inlet;

    MeshConfigurator(SSLContext context, Inlet inlet) {
        super(context);
        this.inlet = inlet;
    }

    /** The JDK asks before a handshake; what is thrown here makes it close the connection. */
    @Override
    public void configure(HttpsParameters parameters) {
        if (inlet.refuses(true)) {
            throw new IllegalStateException("the mesh takes no TLS connection here");
        }
        SSLParameters tls = getSSLContext().getDefaultSSLParameters();
        tls.setNeedClientAuth(true);
        parameters.setSSLParameters(tls);
    }
}
