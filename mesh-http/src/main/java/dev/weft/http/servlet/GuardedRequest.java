package dev.weft.http.servlet;

import dev.weft.engine.InboundExchange;
import dev.weft.http.guard.DispatchedPath;
import dev.weft.http.guard.Guarded;
import dev.weft.http.transport.HopByHop;
import dev.weft.identity.PeerIdentity;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the application sees of a request: path, query, host and fields that were judged, and who sent it. */
final class GuardedRequest extends HttpServletRequestWrapper implements Guarded {
    private final InboundExchange inbound;
    private final RequestHead head;
    private final boolean changed;

    private final boolean principal;

    /** @param principal whether the caller is the principal where the application has none of its own */
    GuardedRequest(HttpServletRequest request, InboundExchange inbound, RequestHead arrived, boolean principal) {
        super(request);
        this.inbound = inbound;
        this.principal = principal;
        head = inbound.head();
        changed = head.headers() != arrived.headers() || !head.authority().equals(request.getHeader("host"));
    }

    @Override
    public PeerIdentity caller() {
        return inbound.caller();
    }

    /** The application's own, else the caller's identity. */
    @Override
    public @Nullable Principal getUserPrincipal() {
        Principal own = super.getUserPrincipal();
        return own != null || !principal || caller().isAnonymous() ? own : caller();
    }

    @Override
    public @Nullable String getRemoteUser() {
        Principal user = getUserPrincipal();
        return user == null ? null : user.getName();
    }

    @Override
    public String getRequestURI() {
        return forwarded() ? super.getRequestURI() : DispatchedPath.withoutQuery(head.path());
    }

    @Override
    public StringBuffer getRequestURL() {
        if (forwarded()) {
            return super.getRequestURL();
        }
        // Scheme, name and port are the container's, which may have been told by a proxy what its clients wrote.
        StringBuffer url = new StringBuffer(getScheme() + "://" + getServerName());
        int port = getServerPort();
        if (port > 0 && port != (getScheme().equals("https") ? 443 : 80)) {
            url.append(':').append(port);
        }
        return url.append(getRequestURI());
    }

    @Override
    public @Nullable String getQueryString() {
        return forwarded() ? super.getQueryString() : DispatchedPath.query(head.path());
    }

    /** Inside a forward or include the container's word counts: it is about another path, which the application chose. */
    private boolean forwarded() {
        DispatcherType type = super.getDispatcherType();
        return type == DispatcherType.FORWARD || type == DispatcherType.INCLUDE || type == DispatcherType.ERROR;
    }

    private static boolean ofConnection(String name) {
        return HopByHop.is(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (!changed || ofConnection(name)) {
            return super.getHeader(name);
        }
        return name.equalsIgnoreCase("host") ? host() : head.headers().first(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (!changed || ofConnection(name)) {
            return super.getHeaders(name);
        }
        if (name.equalsIgnoreCase("host")) {
            String host = host();
            return host == null ? Collections.emptyEnumeration() : Collections.enumeration(Set.of(host));
        }
        return Collections.enumeration(head.headers().all(name));
    }

    private @Nullable String host() {
        return head.authority().isEmpty() ? null : head.authority();
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        if (!changed) {
            return super.getHeaderNames();
        }
        Set<String> names = new LinkedHashSet<>();
        if (host() != null) {
            names.add("host");
        }
        Collections.list(super.getHeaderNames()).stream()
                .filter(GuardedRequest::ofConnection)
                .forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        Headers fields = head.headers();
        fields.forEach((name, value) -> names.add(name));
        return Collections.enumeration(names);
    }

    @Override
    public int getIntHeader(String name) {
        String value = getHeader(name);
        return Objects.equals(value, super.getHeader(name))
                ? super.getIntHeader(name)
                : value == null ? -1 : Integer.parseInt(value);
    }

    @Override
    public long getDateHeader(String name) {
        String value = getHeader(name);
        if (Objects.equals(value, super.getHeader(name))) {
            return super.getDateHeader(name);
        }
        if (value == null) {
            return -1;
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return date.toInstant().toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("header " + name + ": an HTTP date was expected", e);
        }
    }
}
