package dev.weft.identity;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Sockets, each of a context of its own. */
final class FreshSockets extends SSLSocketFactory {
    private final FreshSessions sessions;

    FreshSockets(FreshSessions sessions) {
        this.sessions = sessions;
    }

    private SSLSocketFactory fresh() {
        return sessions.fresh().getSocketFactory();
    }

    private Socket sided(Socket socket) {
        SSLSocket tls = (SSLSocket) socket;
        tls.setUseClientMode(sessions.client());
        if (!sessions.client()) {
            tls.setNeedClientAuth(true);
        }
        return tls;
    }

    @Override
    public Socket createSocket() throws IOException {
        return sided(fresh().createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return sided(fresh().createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return sided(fresh().createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return sided(fresh().createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return sided(fresh().createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(Socket socket, @Nullable String host, int port, boolean close) throws IOException {
        return sided(fresh().createSocket(socket, host, port, close));
    }

    @Override
    public Socket createSocket(Socket socket, @Nullable InputStream consumed, boolean close) throws IOException {
        return sided(fresh().createSocket(socket, consumed, close));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return fresh().getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return fresh().getSupportedCipherSuites();
    }
}
