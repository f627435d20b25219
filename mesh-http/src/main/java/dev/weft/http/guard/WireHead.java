package dev.weft.http.guard;

import dev.weft.http.transport.HopByHop;
import dev.weft.request.Authority;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the head that is judged from what came by wire, and refuses what could be read in two ways. */
public final class WireHead {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private WireHead() {}

    /**
     * The head of a request, whole.
     *
     * @param scheme {@code http} or {@code https}, as the connection is
     * @param target of the request line; over HTTP/2 the {@code :path}
     * @param authority over HTTP/2 the {@code :authority}; null where {@code Host} says it
     * @param needsHost whether a request without any authority is wrong, as since HTTP/1.1
     * @param fields all fields, {@code host} and hop-by-hop ones among them
     * @param port that it came in at
     * @throws BadRequestException if it is ambiguous
     */
    public static RequestHead of(
            String method,
            String scheme,
            String target,
            @Nullable String authority,
            boolean needsHost,
            Headers fields,
            int port)
            throws BadRequestException {
        checkMethod(method);
        RequestTarget parts = RequestTarget.of(method, target);
        String host = host(fields.all("host"), authority, needsHost && parts.authority() == null);
        String named = parts.authority() == null ? host : parts.authority();
        Headers.Builder kept = Headers.builder();
        fields.forEach((name, value) -> {
            // Policies may forbid to switch protocols; the other fields of a connection are the server's alone.
            if (!name.equals("host") && (!HopByHop.is(name) || name.equals("upgrade"))) {
                // Space around a value is none of it (RFC 9110, 5.5); what was folded keeps some in some servers.
                kept.add(name, value.strip());
            }
        });
        return new RequestHead(method, scheme, canonical(named), parts.path(), kept.build(), port);
    }

    /** Policies compare methods exactly; servers exist that do not. */
    private static void checkMethod(String method) throws BadRequestException {
        String upper = method.toUpperCase(Locale.ROOT);
        if (!upper.equals(method) && METHODS.contains(upper)) {
            throw new BadRequestException("method: " + upper + " in other letters");
        }
        if (method.equals("CONNECT")) {
            throw new BadRequestException("method: CONNECT, which asks for a proxy");
        }
    }

    private static String host(List<String> hosts, @Nullable String authority, boolean needed)
            throws BadRequestException {
        if (hosts.size() > 1) {
            throw new BadRequestException("host: " + hosts.size() + " fields, one was expected");
        }
        if (authority != null) {
            if (!hosts.isEmpty() && !hosts.get(0).equalsIgnoreCase(authority)) {
                throw new BadRequestException("host: another one than :authority");
            }
            return authority;
        }
        if (hosts.isEmpty() && needed) {
            throw new BadRequestException("host: none");
        }
        return hosts.isEmpty() ? "" : hosts.get(0).trim();
    }

    private static String canonical(String authority) throws BadRequestException {
        String trouble = Authority.trouble(authority);
        if (trouble != null) {
            throw new BadRequestException("host: " + trouble);
        }
        return Authority.withoutFinalDot(authority);
    }
}
