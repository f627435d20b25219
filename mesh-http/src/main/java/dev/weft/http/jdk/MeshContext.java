package dev.weft.http.jdk;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A context of a guarded server. The wrapped server does not know it: the guard finds it by the path that was judged. */
final class MeshContext extends HttpContext {
    private final HttpServer server;
    private final String path;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private final List<Filter> filters = new CopyOnWriteArrayList<>();

    // Set by the application at any time, read by requests.
    private volatile @Nullable HttpHandler handler;
    private volatile @Nullable Authenticator authenticator;

    MeshContext(HttpServer server, String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("context path " + path + ": one that begins with / was expected");
        }
        this.server = server;
        this.path = path;
    }

    @Override
    public @Nullable HttpHandler getHandler() {
        return handler;
    }

    @Override
    public void setHandler(HttpHandler given) {
        if (handler != null) {
            throw new IllegalArgumentException("context " + path + " has a handler already");
        }
        handler = java.util.Objects.requireNonNull(given);
    }

    @Override
    public String getPath() {
        return path;
    }

    @Override
    public HttpServer getServer() {
        return server;
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    /** Of the application only: the guard comes before all of them. */
    @Override
    public List<Filter> getFilters() {
        return filters;
    }

    @Override
    public @Nullable Authenticator setAuthenticator(@Nullable Authenticator given) {
        Authenticator before = authenticator;
        authenticator = given;
        return before;
    }

    @Override
    public @Nullable Authenticator getAuthenticator() {
        return authenticator;
    }
}
