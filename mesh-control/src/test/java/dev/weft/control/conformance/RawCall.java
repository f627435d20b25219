package dev.weft.control.conformance;

import dev.weft.identity.AllowedPeers;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.MeshTls;
import dev.weft.request.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One request by HTTP/1.1, as it is written and by nobody's library, on a connection of its own. */
final class RawCall {
    private static final int PATIENCE_MILLIS = 15_000;

    private RawCall() {}

    /** What came back; status 0: the connection was closed without an answer, or refused. */
    record Answer(int status, Headers headers, String body) {
        static final Answer NONE = new Answer(0, Headers.EMPTY, "");
    }

    /** @param caller of the handshake, or null for plaintext */
    static Answer send(
            InetSocketAddress to,
            @Nullable IdentitySource caller,
            String method,
            String host,
            String path,
            Headers fields)
            throws IOException {
        try (Socket tcp = new Socket(InetAddress.getLoopbackAddress(), to.getPort());
                Socket socket = caller == null
                        ? tcp
                        : MeshTls.client(caller, AllowedPeers.any())
                                .getSocketFactory()
                                .createSocket(tcp, "reviews", to.getPort(), true)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nhost: " + host + "\r\n");
            fields.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            head.append("content-length: 0\r\nconnection: close\r\n\r\n");
            socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return read(socket.getInputStream());
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return Answer.NONE;
        }
    }

    private static Answer read(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        in.transferTo(all);
        String text = all.toString(StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return Answer.NONE;
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Headers.Builder headers = Headers.builder();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.add(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        Headers fields = headers.build();
        String body = text.substring(end + 4);
        if ("chunked".equals(fields.first("transfer-encoding"))) {
            body = unchunked(body);
        }
        return new Answer(Integer.parseInt(lines[0].substring(9, 12)), fields, body);
    }

    private static String unchunked(String text) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int line = text.indexOf("\r\n", at);
            int size = Integer.parseInt(text.substring(at, line), 16);
            out.append(text, line + 2, line + 2 + size);
            at = size == 0 ? text.length() : line + 4 + size;
        }
        return out.toString();
    }
}
