package dev.weft.http.jdk;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.util.List;
import java.util.Map;

/** A context of a guarded server: the inner one, but it leads back to the guarded server. */
final class GuardedContext extends HttpContext {
    private final HttpContext inner;
    private final HttpServer server;

    GuardedContext(HttpContext inner, HttpServer server) {
        this.inner = inner;
        this.server = server;
    }

    HttpContext inner() {
        return inner;
    }

    @Override
    public HttpHandler getHandler() {
        return inner.getHandler();
    }

    @Override
    public void setHandler(HttpHandler handler) {
        inner.setHandler(handler);
    }

    @Override
    public String getPath() {
        return inner.getPath();
    }

    @Override
    public HttpServer getServer() {
        return server;
    }

    @Override
    public Map<String, Object> getAttributes() {
        return inner.getAttributes();
    }

    /** The first one is the guard. */
    @Override
    public List<Filter> getFilters() {
        return inner.getFilters();
    }

    @Override
    public Authenticator setAuthenticator(Authenticator authenticator) {
        return inner.setAuthenticator(authenticator);
    }

    @Override
    public Authenticator getAuthenticator() {
        return inner.getAuthenticator();
    }
}
