package dev.weft.spring.server;

import dev.weft.http.servlet.MeshFilter;
import dev.weft.spring.InboundProperties;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** The mesh's filter on all ports but those that are left as they are. */
public final class GuardFilter implements Filter {
    private final MeshFilter mesh;
    private final InboundProperties settings;

    private GuardFilter(MeshFilter mesh, InboundProperties settings) {
        this.mesh = mesh;
        this.settings = settings;
    }

    /** For a server with this TLS. */
    public static Filter of(MeshTls tls) {
        InboundProperties settings = tls.settings();
        MeshFilter filter = MeshFilter.of(tls.mesh());
        return new GuardFilter(settings.principal() ? filter : filter.withoutPrincipal(), settings);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // The port of the connection; no field of a request changes it.
        if (settings.excludes(request.getLocalPort())) {
            chain.doFilter(request, response);
        } else {
            mesh.doFilter(request, response, chain);
        }
    }
}
