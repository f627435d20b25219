package dev.weft.http.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that writes whatever a test wants, byte by byte; for those that do not keep to the protocol. */
public final class RawServer implements AutoCloseable {

    /** What becomes of one connection; the socket is closed afterwards. */
    public interface Script {
        void play(Talk talk) throws IOException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();

    private RawServer(Script script) {
        this.script = script;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public static RawServer start(Script script) {
        return new RawServer(script);
    }

    /** Answers each request with these very bytes (Latin-1) and keeps the connection. */
    public static RawServer answering(String answer) {
        return start(talk -> {
            while (talk.readHead()) {
                talk.write(answer);
            }
        });
    }

    /** Answers one request with these very bytes (Latin-1) and closes. */
    public static RawServer answeringOnce(String answer) {
        return start(talk -> {
            if (talk.readHead()) {
                talk.write(answer);
            }
        });
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                open.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.play(new Talk(socket));
        } catch (IOException e) {
            // the client has gone
        } finally {
            open.remove(socket);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    public int connections() {
        return accepted.get();
    }

    public int openConnections() {
        return open.size();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** One connection. */
    public static final class Talk {
        private final InputStream in;
        private final OutputStream out;

        Talk(Socket socket) throws IOException {
            in = socket.getInputStream();
            out = socket.getOutputStream();
        }

        /** Reads up to the empty line after a request head. False: the client has gone. */
        public boolean readHead() throws IOException {
            int matched = 0;
            while (matched < 4) {
                int next = in.read();
                if (next < 0) {
                    return false;
                }
                matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
            }
            return true;
        }

        public void read(int bytes) throws IOException {
            in.readNBytes(bytes);
        }

        public void write(String latin1) throws IOException {
            write(latin1.getBytes(StandardCharsets.ISO_8859_1));
        }

        public void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Waits until the client closes. */
        public void awaitEnd() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
