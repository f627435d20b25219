package dev.weft.engine;

import dev.weft.config.Cidr;
import dev.weft.config.InboundPolicy.ClientCert;
import dev.weft.config.InboundPolicy.HeadRules;
import dev.weft.config.PathNormalization;
import dev.weft.config.PathNormalization.EscapedSlashes;
import dev.weft.identity.SpiffeId;
import dev.weft.match.NormalPath;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request made fit to be judged: its path in normal form, and nothing in it that only the mesh may say.
 *
 * @param head what is judged and dispatched
 * @param refusal the answer where there is no such form, or null
 */
record ArrivedHead(RequestHead head, @Nullable LocalReply refusal) {
    static final String CLIENT_CERT = "x-forwarded-client-cert";

    private static final String FORWARDED_FOR = "x-forwarded-for";

    private static final Headers TEXT = Headers.of("content-type", "text/plain");

    /** Nobody said how heads are to be treated: the path stays as it came. */
    static ArrivedHead untreated(RequestHead arrived) {
        return new ArrivedHead(InternalHeaders.arrived(arrived), null);
    }

    static ArrivedHead of(RequestHead arrived, Peer peer, HeadRules rules) {
        RequestHead stripped = clientCert(arrived, peer.identity().spiffeId(), rules.clientCert());
        String written = arrived.path();
        if (written.equals("*") && arrived.method().equals("OPTIONS")) {
            return new ArrivedHead(stripped, null);
        }
        String trouble = trouble(written);
        if (trouble != null) {
            return new ArrivedHead(stripped, badPath(trouble));
        }
        PathNormalization paths = rules.paths();
        String path = NormalPath.of(written, paths);
        if (path == null) {
            return new ArrivedHead(
                    stripped,
                    badPath(
                            NormalPath.hasEscapedSlash(written) && paths.escapedSlashes() == EscapedSlashes.REJECT
                                    ? "holds an escaped slash, which the policy refuses"
                                    : "holds an encoded NUL"));
        }
        RequestHead normal = path.equals(written) ? stripped : withPath(stripped, path);
        if (paths.escapedSlashes() == EscapedSlashes.REDIRECT && NormalPath.hasEscapedSlash(written)) {
            return new ArrivedHead(normal, redirect(path));
        }
        return new ArrivedHead(normal, null);
    }

    /**
     * What Envoy's codec would not let through, so that nothing behind it would have to judge it. Besides, a percent sign that begins no
     * escape: Envoy lets it pass, but {@code /%2%65%2%65/} becomes {@code /%2e%2e/} by being normalised, and a server that decodes
     * it would go where nobody has judged.
     */
    private static @Nullable String trouble(String path) {
        if (!path.startsWith("/")) {
            return "does not begin with /";
        }
        boolean query = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return "holds the character " + (int) c + ", which a path holds only encoded";
            }
            if (c == '#') {
                return "holds a fragment";
            }
            query |= c == '?';
            if (c == '%' && !query && !(isHex(path, i + 1) && isHex(path, i + 2))) {
                return "holds a percent sign that begins no escape";
            }
        }
        return null;
    }

    private static boolean isHex(String path, int at) {
        return at < path.length() && path.charAt(at) < 0x7f && Character.digit(path.charAt(at), 16) >= 0;
    }

    private static LocalReply badPath(String trouble) {
        return new LocalReply(400, Set.of(), "the path " + trouble, "bad path", TEXT, null);
    }

    private static LocalReply redirect(String path) {
        return new LocalReply(
                307,
                Set.of(),
                "the path holds an escaped slash, and the policy wants it written plain",
                "",
                Headers.of("location", path),
                null);
    }

    private static RequestHead withPath(RequestHead head, String path) {
        return new RequestHead(
                head.method(), head.scheme(), head.authority(), path, head.headers(), head.port(), head.dialled());
    }

    /** What callers before the last one have proved is believed only if the last one has proved who it is. */
    private static RequestHead clientCert(RequestHead arrived, @Nullable SpiffeId caller, ClientCert rule) {
        String said = arrived.headers().joined(CLIENT_CERT);
        RequestHead stripped = InternalHeaders.arrived(arrived);
        boolean proved = caller != null;
        boolean kept = said != null
                && (rule == ClientCert.ALWAYS_FORWARD_ONLY
                        || proved && (rule == ClientCert.FORWARD_ONLY || rule == ClientCert.APPEND_FORWARD));
        boolean added = proved && (rule == ClientCert.APPEND_FORWARD || rule == ClientCert.SANITIZE_SET);
        if (!kept && !added) {
            return stripped;
        }
        String own = added ? "URI=" + caller : "";
        String value = !kept ? own : added ? said + "," + own : said;
        return stripped.withHeaders(stripped.headers().toBuilder()
                .set(CLIENT_CERT, java.util.Objects.requireNonNull(value))
                .build());
    }

    /** The caller's address as far as it is trusted: the entry of {@code x-forwarded-for} that the rules name, else the connection's. */
    static @Nullable InetAddress forwardedFor(RequestHead arrived, @Nullable InetAddress remote, int trustedHops) {
        if (trustedHops < 0) {
            return remote;
        }
        List<String> fields = arrived.headers().all(FORWARDED_FOR);
        if (fields.isEmpty()) {
            return remote;
        }
        String[] entries = String.join(",", fields).split(",", -1);
        int at = entries.length - 1 - trustedHops;
        InetAddress said = at < 0 ? null : Cidr.literal(entries[at].trim());
        return said == null ? remote : said;
    }
}
