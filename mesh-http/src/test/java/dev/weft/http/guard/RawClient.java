package dev.weft.http.guard;

import dev.weft.identity.AllowedPeers;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.MeshTls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLSocket;

/** A connection on which a test writes whatever it wants. */
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(15_000);
        in = socket.getInputStream();
    }

    public static RawClient plaintext(InetSocketAddress to) throws IOException {
        return new RawClient(new Socket(to.getAddress(), to.getPort()));
    }

    /** One that takes little before it reads. */
    static RawClient reluctant(InetSocketAddress to) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2048);
        socket.connect(to);
        return new RawClient(socket);
    }

    /** After a handshake as this caller. */
    public static RawClient tls(InetSocketAddress to, IdentitySource caller, String... alpn) throws IOException {
        Socket tcp = new Socket(to.getAddress(), to.getPort());
        SSLSocket socket = (SSLSocket) MeshTls.client(caller, AllowedPeers.any())
                .getSocketFactory()
                .createSocket(tcp, "reviews", to.getPort(), true);
        if (alpn.length > 0) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(alpn);
            socket.setSSLParameters(parameters);
        }
        socket.setSoTimeout(15_000);
        try {
            socket.startHandshake();
            return new RawClient(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    public String alpn() {
        return ((SSLSocket) socket).getApplicationProtocol();
    }

    /** Latin-1. */
    public RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads the head of an HTTP/2 frame. */
    public int frameType() throws IOException {
        return in.readNBytes(9)[3];
    }

    /** Reads an HTTP/2 frame whole, Latin-1; empty at the end of the connection. */
    String frame() throws IOException {
        byte[] head = in.readNBytes(9);
        if (head.length < 9) {
            return "";
        }
        int length = (head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | head[2] & 0xFF;
        return new String(head, StandardCharsets.ISO_8859_1)
                + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** True as soon as the other end has closed; what it sends before is thrown away. */
    public boolean awaitEnd() {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** All that comes until the other end closes; null if it does not, for so long. */
    public String everything(int millis) throws IOException {
        socket.setSoTimeout(millis);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                all.write(buffer, 0, count);
            }
        } catch (java.net.SocketTimeoutException e) {
            return null;
        } catch (IOException e) {
            // A reset is an end as well.
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** The next final answer; status 0: closed without one. */
    public Answer answer() throws IOException {
        while (true) {
            Answer answer = next();
            if (answer.status() == 0 || answer.status() >= 200) {
                return answer;
            }
        }
    }

    /** The next answer, interim ones too. */
    public Answer next() throws IOException {
        String head = head();
        if (head.isEmpty()) {
            return new Answer(0, "", "");
        }
        int status = Integer.parseInt(head.substring(9, 12));
        String lower = head.toLowerCase(Locale.ROOT);
        String body = "";
        int length = lower.indexOf("\r\ncontent-length:");
        if (status < 200) {
            body = "";
        } else if (length >= 0) {
            String value = lower.substring(length + 17, lower.indexOf("\r\n", length + 2))
                    .trim();
            body = new String(in.readNBytes(Integer.parseInt(value)), StandardCharsets.UTF_8);
        } else if (lower.contains("transfer-encoding: chunked")) {
            body = chunks();
        } else if (lower.contains("connection: close")) {
            body = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return new Answer(status, head, body);
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next;
            try {
                next = in.read();
            } catch (java.net.SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                next = -1;
            }
            if (next < 0) {
                return "";
            }
            head.write(next);
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        while (true) {
            int size = Integer.parseInt(line(), 16);
            body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
            line();
            if (size == 0) {
                return body.toString();
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** @param head status line and fields, as they came */
    public record Answer(int status, String head, String body) {}
}
