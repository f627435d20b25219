package dev.weft.identity;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workload's SPIFFE identity, such as {@code spiffe://cluster.local/ns/default/sa/reviews}. Read strictly by the SPIFFE-ID
 * standard: two identities are equal exactly if their text is, nothing is normalised, decoded or folded to lower case.
 *
 * @param trustDomain 1 to 255 of {@code a-z 0-9 . - _}
 * @param path {@code /} and segments of {@code A-Z a-z 0-9 . - _}, none empty, {@code .} or {@code ..}; never empty, since a
 *     workload has one
 */
public record SpiffeId(String trustDomain, String path) {
    private static final String SCHEME = "spiffe://";
    /** SPIFFE-ID 2.3: longer ones need not be supported; in octets, which are characters here. */
    private static final int MAX_LENGTH = 2048;

    private static final int MAX_TRUST_DOMAIN = 255;

    /** Fails with {@link IllegalArgumentException} if a part is not valid. */
    public SpiffeId {
        String problem = trustDomainProblem(trustDomain);
        if (problem == null) {
            problem = pathProblem(path);
        }
        if (problem == null && SCHEME.length() + trustDomain.length() + path.length() > MAX_LENGTH) {
            problem = "it is longer than " + MAX_LENGTH + " characters";
        }
        if (problem != null) {
            throw invalid(SCHEME + trustDomain + path, problem);
        }
    }

    /**
     * Reads a whole identity.
     *
     * @throws IllegalArgumentException if it is not valid; the message says what was seen and what was expected
     */
    public static SpiffeId parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw invalid(text, "it has " + text.length() + " characters, at most " + MAX_LENGTH + " are allowed");
        }
        if (!text.startsWith(SCHEME)) {
            throw invalid(text, "it does not begin with " + SCHEME + " in lower case");
        }
        int slash = text.indexOf('/', SCHEME.length());
        return slash < 0
                ? new SpiffeId(text.substring(SCHEME.length()), "")
                : new SpiffeId(text.substring(SCHEME.length(), slash), text.substring(slash));
    }

    /** Istio's form: {@code spiffe://TRUST_DOMAIN/ns/NAMESPACE/sa/SERVICE_ACCOUNT}. */
    public static SpiffeId of(String trustDomain, String namespace, String serviceAccount) {
        if (namespace.indexOf('/') >= 0 || serviceAccount.indexOf('/') >= 0) {
            throw invalid(namespace + " and " + serviceAccount, "a namespace or service account holds no /");
        }
        return new SpiffeId(trustDomain, "/ns/" + namespace + "/sa/" + serviceAccount);
    }

    /** The namespace, if the path has Istio's form; otherwise null. */
    public @Nullable String namespace() {
        List<String> istio = istioParts();
        return istio == null ? null : istio.get(1);
    }

    /** The service account, if the path has Istio's form; otherwise null. */
    public @Nullable String serviceAccount() {
        List<String> istio = istioParts();
        return istio == null ? null : istio.get(3);
    }

    private @Nullable List<String> istioParts() {
        List<String> parts = segments(path);
        return parts.size() == 4 && parts.get(0).equals("ns") && parts.get(2).equals("sa") ? parts : null;
    }

    private static @Nullable String trustDomainProblem(String name) {
        if (name.isEmpty() || name.length() > MAX_TRUST_DOMAIN) {
            return "its trust domain has " + name.length() + " characters, 1 to " + MAX_TRUST_DOMAIN + " are allowed";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLower(c) && !isDigit(c) && !isMark(c)) {
                return "its trust domain holds " + Shown.character(c)
                        + ", allowed are a-z 0-9 . - _ (no port, no user)";
            }
        }
        return null;
    }

    private static @Nullable String pathProblem(String path) {
        if (path.isEmpty()) {
            return "it names a trust domain only; a workload's has a path, such as /ns/default/sa/reviews";
        }
        if (path.charAt(0) != '/') {
            return "its path does not begin with /";
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '/' && !isLower(c) && !isUpper(c) && !isDigit(c) && !isMark(c)) {
                return "its path holds " + Shown.character(c)
                        + ", allowed are A-Z a-z 0-9 . - _ (no query, no fragment, no % escapes)";
            }
        }
        for (String segment : segments(path)) {
            if (segment.isEmpty()) {
                return "its path has an empty segment or ends in /";
            }
            if (segment.equals(".") || segment.equals("..")) {
                return "its path has the segment " + segment;
            }
        }
        return null;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        int from = 1;
        for (int slash = path.indexOf('/', from); slash >= 0; slash = path.indexOf('/', from)) {
            segments.add(path.substring(from, slash));
            from = slash + 1;
        }
        segments.add(path.substring(from));
        return segments;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isMark(char c) {
        return c == '.' || c == '-' || c == '_';
    }

    private static IllegalArgumentException invalid(String text, String problem) {
        return new IllegalArgumentException("not a SPIFFE identity: " + Shown.text(text) + ": " + problem);
    }

    /** The whole identity, as it stands in certificates and policies. */
    @Override
    public String toString() {
        return SCHEME + trustDomain + path;
    }
}
