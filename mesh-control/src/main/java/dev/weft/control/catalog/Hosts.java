package dev.weft.control.catalog;

import java.util.Locale;

/** Istio's rules for host names. */
public final class Hosts {
    /** The domain of registered services. */
    public static final String DOMAIN = "cluster.local";

    private Hosts() {}

    /** The fully qualified name of what a resource of that namespace calls {@code host}, in lower case. */
    public static String resolve(String host, String namespace) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.isEmpty() || name.indexOf('.') >= 0 || name.startsWith("*") ? name : registered(name, namespace);
    }

    /** {@code reviews.default.svc.cluster.local}. */
    public static String registered(String service, String namespace) {
        return service + "." + namespace + ".svc." + DOMAIN;
    }

    public static boolean isWildcard(String host) {
        return host.startsWith("*");
    }

    /** Whether everything that {@code host} names is also named by {@code pattern}; either may be a wildcard. */
    public static boolean covers(String pattern, String host) {
        if (!isWildcard(pattern)) {
            return pattern.equals(host);
        }
        String suffix = pattern.substring(1);
        return isWildcard(host)
                ? host.substring(1).endsWith(suffix)
                : host.length() > suffix.length() && host.endsWith(suffix);
    }
}
