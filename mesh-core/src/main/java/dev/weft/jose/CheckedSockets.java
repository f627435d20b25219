package dev.weft.jose;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes sockets that connect to public and private networks but not to this machine. A connection is made in two steps, TCP and then TLS
 * on top, so that the address is judged at the moment it is connected to, and no byte is sent before.
 */
final class CheckedSockets extends SSLSocketFactory {
    /** Ends what takes too long. */
    interface Clock {
        /** @throws IOException if time is over */
        int millisLeft() throws IOException;
    }

    private final SSLSocketFactory tls;
    private final boolean local;
    private final Clock clock;

    /** @param local whether this machine may be connected to after all */
    CheckedSockets(SSLSocketFactory tls, boolean local, Clock clock) {
        this.tls = tls;
        this.local = local;
        this.clock = clock;
    }

    /** What the JDK's client connects first. */
    @Override
    public Socket createSocket() {
        return new Checked();
    }

    /** What it lays on top. */
    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
        check(connected.getInetAddress());
        return tls.createSocket(connected, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unexpected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        throw unexpected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unexpected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        throw unexpected();
    }

    private static IOException unexpected() {
        return new IOException("a socket that would connect unchecked is not made");
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }

    private void check(InetAddress address) throws IOException {
        if (!local) {
            LocalAddresses.refuse(address);
        }
    }

    private final class Checked extends Socket {
        @Override
        public void connect(SocketAddress to, int timeout) throws IOException {
            if (!(to instanceof InetSocketAddress internet) || internet.getAddress() == null) {
                throw new IOException(to + ": the name is not known");
            }
            check(internet.getAddress());
            super.connect(to, timeout);
        }

        /** A server that sends a byte now and then, and never too late for one read, must not hold a thread for ever. */
        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    clock.millisLeft();
                    return super.read();
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    clock.millisLeft();
                    return super.read(into, offset, length);
                }
            };
        }
    }
}
