package dev.weft.samples.bookinfo.front;

import dev.weft.http.servlet.MeshFilter;
import dev.weft.samples.bookinfo.Settings;
import dev.weft.samples.bookinfo.page.Hop;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Says in each response which instance answered, and whom it took the caller for. */
@Component
final class Served extends OncePerRequestFilter {
    private final Settings settings;

    Served(Settings settings) {
        this.settings = settings;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(Hop.SERVED_BY, settings.instance());
        response.setHeader(Hop.CALLED_BY, MeshFilter.peer(request).getName());
        chain.doFilter(request, response);
    }
}
