package dev.weft.identity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server on loopback that answers each connection with the name of its peer, and keeps what went wrong. */
final class TlsServer implements AutoCloseable {
    private final ServerSocket listening;
    private final SSLContext context;
    final BlockingQueue<Exception> failures = new LinkedBlockingQueue<>();

    TlsServer(SSLContext context) throws IOException {
        this.context = context;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::acceptAll, "tls-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptAll() {
        while (!listening.isClosed()) {
            try {
                Socket accepted = listening.accept();
                Thread thread = new Thread(() -> answer(accepted), "tls-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket accepted) {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true)) {
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            byte[] name =
                    PeerIdentity.of(socket.getSession()).getName().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            socket.getOutputStream().write(name.length);
            socket.getOutputStream().write(name);
            socket.getOutputStream().flush();
            // So that the client has read all before the connection goes.
            int end = socket.getInputStream().read();
            assert end < 0;
        } catch (Exception e) {
            failures.add(e);
        }
    }

    /** What one more connection gets: the name by which the server knows the client. */
    String call(SSLContext client, String... protocols) throws IOException {
        try (SSLSocket socket = (SSLSocket)
                client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
            socket.setSoTimeout(10_000);
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            socket.startHandshake();
            int length = socket.getInputStream().read();
            if (length < 0) {
                throw new IOException("closed without an answer");
            }
            String name =
                    new String(socket.getInputStream().readNBytes(length), java.nio.charset.StandardCharsets.UTF_8);
            socket.shutdownOutput();
            return name;
        }
    }

    Exception failure() throws InterruptedException {
        Exception failure = failures.poll(10, TimeUnit.SECONDS);
        if (failure == null) {
            throw new AssertionError("the server saw no failure");
        }
        return failure;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
