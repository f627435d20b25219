package dev.weft.http.hc5;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** A server with what a client library deals with by itself: redirects, cookies, compression, authentication. */
final class Site implements AutoCloseable {
    private final HttpServer server;

    Site() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/echo", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answer(exchange, 200, exchange.getRequestMethod() + " " + body);
        });
        server.createContext("/found", exchange -> redirect(exchange, 302, "/echo"));
        server.createContext("/kept", exchange -> redirect(exchange, 307, "/echo"));
        server.createContext(
                "/away",
                exchange -> redirect(exchange, 302, exchange.getRequestURI().getQuery()));
        server.createContext("/cookie", exchange -> {
            exchange.getResponseHeaders().add("set-cookie", "session=7; Path=/");
            answer(exchange, 200, String.valueOf(exchange.getRequestHeaders().getFirst("cookie")));
        });
        server.createContext("/gzip", exchange -> {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write("unpacked".getBytes(StandardCharsets.UTF_8));
            }
            boolean asked = String.valueOf(exchange.getRequestHeaders().getFirst("accept-encoding"))
                    .contains("gzip");
            exchange.getResponseHeaders().add("content-encoding", asked ? "gzip" : "identity");
            answer(exchange, 200, packed.toByteArray());
        });
        server.createContext("/secret", exchange -> {
                    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    answer(exchange, 200, "for " + exchange.getPrincipal().getUsername() + " " + body);
                })
                .setAuthenticator(new BasicAuthenticator("site") {
                    @Override
                    public boolean checkCredentials(String user, String password) {
                        return user.equals("jason") && password.equals("secret");
                    }
                });
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private static void redirect(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("location", location);
        answer(exchange, status, "moved");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
