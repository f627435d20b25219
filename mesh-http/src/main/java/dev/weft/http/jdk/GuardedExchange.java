package dev.weft.http.jdk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import dev.weft.http.guard.Guarded;
import dev.weft.identity.PeerIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the application sees of a plaintext request. */
final class GuardedExchange extends HttpExchange implements Guarded {
    private final Served served;

    GuardedExchange(Served served) {
        this.served = served;
    }

    @Override
    public PeerIdentity caller() {
        return served.caller();
    }

    @Override
    public Headers getRequestHeaders() {
        return served.requestHeaders();
    }

    @Override
    public Headers getResponseHeaders() {
        return served.exchange.getResponseHeaders();
    }

    @Override
    public URI getRequestURI() {
        return served.uri();
    }

    @Override
    public String getRequestMethod() {
        return served.exchange.getRequestMethod();
    }

    @Override
    public HttpContext getHttpContext() {
        return served.context;
    }

    @Override
    public void close() {
        served.close();
    }

    @Override
    public InputStream getRequestBody() {
        return served.requestBody();
    }

    @Override
    public OutputStream getResponseBody() {
        return served.responseBody();
    }

    @Override
    public void sendResponseHeaders(int code, long length) throws IOException {
        served.sendResponseHeaders(code, length);
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return served.exchange.getRemoteAddress();
    }

    @Override
    public int getResponseCode() {
        return served.exchange.getResponseCode();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return served.exchange.getLocalAddress();
    }

    @Override
    public String getProtocol() {
        return served.exchange.getProtocol();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return served.attribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        served.attribute(name, value);
    }

    @Override
    public void setStreams(InputStream in, OutputStream out) {
        served.setStreams(in, out);
    }

    @Override
    public @Nullable HttpPrincipal getPrincipal() {
        return served.principal();
    }
}
