package dev.weft.spring.declared;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A service as {@code @MeshClient} names it.
 *
 * @param url scheme, host and port if there is one; without a path
 * @param host without the port
 */
public record ServiceAddress(String url, String host) {
    static final String EXPECTED = "the service as in a URL, like reviews, reviews:9080 or https://reviews.prod; a path"
            + " belongs into @HttpExchange";

    /** Null if it is none. */
    public static @Nullable ServiceAddress of(String written) {
        String text = written.contains("://") ? written : "http://" + written;
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            boolean known = scheme.equals("http") || scheme.equals("https");
            boolean bare = uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            return known && bare && uri.getHost() != null ? new ServiceAddress(text, uri.getHost()) : null;
        } catch (java.net.URISyntaxException e) {
            return null;
        }
    }
}
