package dev.weft.http.servlet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weft.Mesh;
import dev.weft.engine.Peer;
import dev.weft.http.guard.BadRequestException;
import dev.weft.http.guard.WireHead;
import dev.weft.identity.AllowedPeers;
import dev.weft.identity.MeshTrust;
import dev.weft.identity.PeerIdentity;
import dev.weft.request.Authority;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the engine wants to know from a servlet request. */
final class Arrivals {
    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /** Connections at a time whose certificates are remembered. */
    private static final int REMEMBERED = 10_000;

    private final Mesh mesh;
    private final X509ExtendedTrustManager trust;

    /** By the certificate object, which a container keeps as long as the connection. Empty: not one of the mesh. */
    private final Cache<X509Certificate, Optional<PeerIdentity>> callers =
            Caffeine.newBuilder().weakKeys().maximumSize(REMEMBERED).build();

    Arrivals(Mesh mesh) {
        this.mesh = mesh;
        trust = MeshTrust.forPeers(
                mesh.identity(), AllowedPeers.any(), mesh.world().ticker());
    }

    Peer peer(HttpServletRequest request) {
        PeerIdentity caller = caller(request);
        return new Peer(
                caller == null ? PeerIdentity.ANONYMOUS : caller,
                remote(request),
                socket(request.getLocalAddr(), request.getLocalPort()),
                mesh.servicePort(request.getLocalPort()),
                caller != null,
                "");
    }

    /** Null if the connection is none of the mesh's TLS. */
    private @Nullable PeerIdentity caller(HttpServletRequest request) {
        if (!(request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain) || chain.length == 0) {
            return null;
        }
        return callers.get(chain[0], leaf -> verified(chain)).orElse(null);
    }

    /** The container may have been given another trust store than the mesh's; nothing is believed because it did. */
    private Optional<PeerIdentity> verified(X509Certificate[] chain) {
        try {
            trust.checkClientTrusted(chain, "UNKNOWN");
            return Optional.of(PeerIdentity.of(chain[0]));
        } catch (CertificateException e) {
            log.warn("a client certificate that the container accepted is none of the mesh: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static @Nullable InetSocketAddress remote(HttpServletRequest request) {
        return request.getAttribute(Connected.ATTRIBUTE) instanceof Connected connected
                ? connected.remote()
                : socket(request.getRemoteAddr(), request.getRemotePort());
    }

    private static String serverName(HttpServletRequest request) {
        return request.getAttribute(Connected.ATTRIBUTE) instanceof Connected connected
                ? connected.serverName()
                : request.getServerName();
    }

    private static @Nullable InetSocketAddress socket(@Nullable String address, int port) {
        // Some valves put words here; a name must not be looked up.
        if (address == null || address.isEmpty() || !address.matches("[0-9a-fA-F.:%\\[\\]]+")) {
            return null;
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(address), Math.max(0, port));
        } catch (UnknownHostException e) {
            return null;
        }
    }

    RequestHead head(HttpServletRequest request) throws BadRequestException {
        Headers.Builder fields = Headers.builder();
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                fields.add(name, value);
            }
        }
        String query = request.getQueryString();
        boolean named = fields.first("host") != null;
        RequestHead head = WireHead.of(
                request.getMethod(),
                request.isSecure() ? "https" : "http",
                query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query,
                named ? null : authority(request),
                false,
                fields.build(),
                request.getLocalPort());
        if (named && !host(head.host()).equalsIgnoreCase(host(serverName(request)))) {
            throw new BadRequestException("host: another one than the container has chosen the application by");
        }
        return head;
    }

    /** Over HTTP/2 some containers keep it apart from the fields. */
    private static String authority(HttpServletRequest request) {
        String name = request.getServerName();
        int standard = request.isSecure() ? 443 : 80;
        return request.getServerPort() == standard ? name : name + ":" + request.getServerPort();
    }

    private static String host(String name) {
        String bare = Authority.host(name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name);
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }

    /** The path by which the container has chosen the servlet, decoded. */
    static String dispatched(HttpServletRequest request) throws BadRequestException {
        try {
            String info = request.getPathInfo();
            String path = request.getServletContext().getContextPath() + request.getServletPath();
            return info == null ? path : path + info;
        } catch (IllegalArgumentException e) {
            // Jetty, of a path that it calls ambiguous and has been told to let pass.
            throw new BadRequestException("path: " + e.getMessage());
        }
    }
}
