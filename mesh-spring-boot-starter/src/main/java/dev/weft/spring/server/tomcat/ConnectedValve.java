package dev.weft.spring.server.tomcat;

import dev.weft.http.servlet.Connected;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * First in Tomcat's engine, before the valve that believes forwarded fields: notes what the connection says, and takes back that a
 * plaintext request is a secure one, which Tomcat says of all requests of a port that takes TLS.
 */
final class ConnectedValve extends ValveBase {
    private static final String CIPHER_SUITE = "jakarta.servlet.request.cipher_suite";

    ConnectedValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getConnector().getProtocolHandler() instanceof SniffingProtocol) {
            if (request.getAttribute(CIPHER_SUITE) == null) {
                plaintext(request);
            } else {
                // Over HTTP/2 the caller has said it.
                request.getCoyoteRequest().scheme().setString("https");
            }
        }
        request.setAttribute(Connected.ATTRIBUTE, new Connected(remote(request), request.getServerName()));
        getNext().invoke(request, response);
    }

    private static void plaintext(Request request) {
        request.getCoyoteRequest().scheme().setString("http");
        request.setSecure(false);
        String host = request.getHeader("host");
        if (request.getServerPort() == 443 && (host == null || !host.endsWith(":443"))) {
            // The port of a host that is written without one.
            request.getCoyoteRequest().setServerPort(80);
        }
    }

    private static @Nullable InetSocketAddress remote(Request request) {
        try {
            // An address, which is not looked up.
            return new InetSocketAddress(InetAddress.getByName(request.getRemoteAddr()), request.getRemotePort());
        } catch (UnknownHostException | IllegalArgumentException e) {
            return null;
        }
    }
}
