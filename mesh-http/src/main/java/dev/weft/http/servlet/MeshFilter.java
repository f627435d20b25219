package dev.weft.http.servlet;

import dev.weft.Inlet;
import dev.weft.Mesh;
import dev.weft.engine.InboundExchange;
import dev.weft.engine.Peer;
import dev.weft.http.guard.BadRequestException;
import dev.weft.http.guard.DispatchedPath;
import dev.weft.http.guard.Verdict;
import dev.weft.identity.PeerIdentity;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each request of a web application to the mesh before its servlets. It comes first of all filters, for all paths and all kinds of
 * dispatch, with asynchronous support:
 *
 * <pre>{@code
 * FilterRegistration.Dynamic filter = context.addFilter("mesh", MeshFilter.of(mesh));
 * filter.setAsyncSupported(true);
 * filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
 * }</pre>
 *
 * The container's TLS is made from {@code mesh.identity().sslContext()}, client authentication required there; callers over any other TLS
 * count as anonymous and in plaintext. Where the container listens, the application says by {@link Mesh#listening}.
 */
public final class MeshFilter implements Filter {
    private static final Logger log = LoggerFactory.getLogger(MeshFilter.class);
    private static final String ADMISSION = "dev.weft.admission";

    private final Mesh mesh;
    private final Inlet inlet;
    private final Arrivals arrivals;

    private final boolean principal;

    private MeshFilter(Mesh mesh, boolean principal) {
        this.mesh = mesh;
        this.principal = principal;
        inlet = new Inlet(
                mesh,
                "give the container a connector with TLS from mesh.identity().sslContext(), client authentication required");
        arrivals = new Arrivals(mesh);
    }

    public static MeshFilter of(Mesh mesh) {
        return new MeshFilter(mesh, true);
    }

    /** The same, which leaves {@code getUserPrincipal()} to the application alone. */
    public MeshFilter withoutPrincipal() {
        return new MeshFilter(mesh, false);
    }

    /** Who sent a request: by the certificate of the connection, by a JWT, or {@link PeerIdentity#ANONYMOUS}. */
    public static PeerIdentity peer(ServletRequest request) {
        return request.getAttribute(ADMISSION) instanceof Admission admission
                ? admission.inbound.caller()
                : PeerIdentity.ANONYMOUS;
    }

    @Override
    public void doFilter(ServletRequest given, ServletResponse to, FilterChain chain)
            throws IOException, ServletException {
        if (!(given instanceof HttpServletRequest request) || !(to instanceof HttpServletResponse response)) {
            throw new ServletException("the mesh guards HTTP only");
        }
        if (request.getAttribute(ADMISSION) instanceof Admission known) {
            again(known, request, response, chain);
        } else if (request.getDispatcherType() == DispatcherType.ERROR) {
            // The container refused the request before any filter; this is its error page.
            Peer peer = arrivals.peer(request);
            if (inlet.refuses(peer.servicePort(), peer.encrypted())) {
                refuseConnection(request, response);
            } else {
                chain.doFilter(request, response);
            }
        } else {
            first(request, response, chain);
        }
    }

    private void first(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Peer peer = arrivals.peer(request);
        if (inlet.refuses(peer.servicePort(), peer.encrypted())) {
            refuseConnection(request, response);
            return;
        }
        RequestHead head;
        String dispatched;
        try {
            head = arrivals.head(request);
            dispatched = Arrivals.dispatched(request);
        } catch (BadRequestException e) {
            log.debug("400: {}", e.getMessage());
            answer(request, response, BadRequestException.STATUS, Headers.EMPTY, "");
            return;
        }
        InboundExchange inbound = mesh.inbound().begin(head, peer);
        Admission admission = new Admission(inbound, head, Verdict.of(inbound, dispatched), principal);
        request.setAttribute(ADMISSION, admission);
        if (admission.decision.isDone() || !request.isAsyncSupported()) {
            // In the second case the thread waits: the filter, or one before it, is registered without asynchronous
            // support.
            judged(admission, request, response, chain);
        } else {
            AsyncContext later = request.startAsync(request, response);
            later.setTimeout(0);
            admission.decision.whenComplete((reply, failure) -> later.dispatch());
        }
    }

    /** Forwarded, included, or asynchronous: the request was let in already, unless it had to wait for that. */
    private void again(Admission admission, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!admission.served) {
            judged(admission, request, response, chain);
        } else if (request.getDispatcherType() == DispatcherType.ASYNC) {
            admission.serve(request, response, chain);
        } else if (request.getDispatcherType() == DispatcherType.ERROR) {
            // The container begins an error page with its own request again; it is the same caller's.
            chain.doFilter(admission.shown(request), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void judged(
            Admission admission, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        InboundExchange inbound = admission.inbound;
        LocalReply refusal = Verdict.now(admission.decision, inbound);
        if (refusal != null) {
            refuse(inbound, request, response, refusal.status(), refusal.headers(), refusal.body());
        } else if (DispatchedPath.decoded(inbound.head().path()) == null) {
            // What the container let pass by its own settings an application may still decode to another path.
            refuse(inbound, request, response, BadRequestException.STATUS, Headers.EMPTY, "");
        } else {
            admission.serve(request, response, chain);
        }
    }

    private static void refuse(
            InboundExchange inbound,
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            Headers fields,
            String body)
            throws IOException {
        try {
            answer(request, response, status, fields, body);
            inbound.finished(status);
        } catch (IOException | RuntimeException e) {
            inbound.lost();
            throw e;
        }
    }

    /** A filter cannot close the connection without an answer; this one says nothing. */
    private static void refuseConnection(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Connection", "close");
        answer(request, response, 403, Headers.EMPTY, "");
    }

    private static void answer(
            HttpServletRequest request, HttpServletResponse response, int status, Headers fields, String text)
            throws IOException {
        response.setStatus(status);
        fields.forEach(response::addHeader);
        byte[] body = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        if (body.length > 0 && !request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
        response.flushBuffer();
    }
}
