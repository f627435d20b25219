package dev.weft.http.guard;

import dev.weft.Mesh;
import dev.weft.http.guard.Site.Handlers;
import dev.weft.http.servlet.MeshFilter;
import dev.weft.request.Inbound;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The site as a web application, for any container. */
public final class WebApp implements ServletContainerInitializer {
    private final Mesh mesh;
    private final Handlers handlers;

    public WebApp(Mesh mesh, Handlers handlers) {
        this.mesh = mesh;
        this.handlers = handlers;
    }

    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter("mesh", MeshFilter.of(mesh));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        servlets(context);
    }

    /** Without the filter, which somebody else adds. */
    public void servlets(ServletContext context) {
        servlet(context, "admin", "/admin/*");
        servlet(context, "public", "/public/*");
        servlet(context, "root", "/");
    }

    private void servlet(ServletContext context, String route, String pattern) {
        ServletRegistration.Dynamic servlet = context.addServlet(route, new Telling(route));
        servlet.setAsyncSupported(true);
        servlet.addMapping(pattern);
    }

    private final class Telling extends GenericServlet {
        private final String route;

        Telling(String route) {
            this.route = route;
        }

        @Override
        public void service(ServletRequest request, ServletResponse response) throws IOException {
            HttpServletRequest http = (HttpServletRequest) request;
            long body = request.getInputStream().transferTo(OutputStream.nullOutputStream());
            Principal principal = http.getUserPrincipal();
            Reached seen = new Reached(
                    route,
                    http.getMethod(),
                    http.getRequestURI(),
                    http.getHeader("host"),
                    http.getServerName(),
                    http.getHeader("x-role") == null
                            ? null
                            : String.join("|", Collections.list(http.getHeaders("x-role"))),
                    http.getHeader("x-mesh-timeout-ms"),
                    MeshFilter.peer(http).getName(),
                    principal == null ? null : principal.getName(),
                    Inbound.current().deadline().exists(),
                    body);
            byte[] text = handlers.handle(seen).getBytes(StandardCharsets.UTF_8);
            response.setContentLength(text.length);
            response.getOutputStream().write(text);
        }
    }
}
