package dev.weft.http.spring;

import dev.weft.http.call.StaticType;
import java.net.CookieHandler;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * What can be known of the user's factory, so that the mesh's calls keep to it. Spring's factories have setters and no getters, and
 * what lies below them is the library's; of a factory that nobody knows nothing is kept.
 *
 * @param limit bounds a call until its response has been read, or null
 * @param silence bounds each wait for the server's next bytes, or null
 * @param follows which answers are followed where they point
 * @param ownCookies of a client of its own, or null
 * @param defaultCookies whether cookies are kept where the whole JVM keeps them
 */
record FactorySettings(
        @Nullable Duration limit,
        @Nullable Duration silence,
        Follows follows,
        @Nullable CookieHandler ownCookies,
        boolean defaultCookies) {
    private static final String SPRINGS = "org.springframework.http.client.";

    /** Answers to which requests are followed. */
    enum Follows {
        NONE,
        GETS,
        ALL
    }

    static FactorySettings of(ClientHttpRequestFactory factory, KnownSettings known) {
        Object client = PrivateField.of(factory, SPRINGS, "httpClient");
        Duration readTimeout = known.readTimeout() == null ? readTimeout(factory) : known.readTimeout();
        // What these two call a read timeout is the whole call's.
        boolean whole = is(factory, "JdkClientHttpRequestFactory") || is(factory, "JettyClientHttpRequestFactory");
        return new FactorySettings(
                whole ? readTimeout : null,
                whole ? null : readTimeout,
                follows(factory, client, known.followsRedirects()),
                client instanceof HttpClient jdk ? jdk.cookieHandler().orElse(null) : null,
                is(factory, "SimpleClientHttpRequestFactory"));
    }

    private static boolean is(ClientHttpRequestFactory factory, String type) {
        return StaticType.isA(factory, SPRINGS + type);
    }

    private static @Nullable Duration readTimeout(ClientHttpRequestFactory factory) {
        Object value = PrivateField.of(factory, SPRINGS, "readTimeout");
        if (value instanceof Duration duration) {
            return duration;
        }
        if (value instanceof Number millis && millis.longValue() > 0) {
            return Duration.ofMillis(millis.longValue());
        }
        return is(factory, "HttpComponentsClientHttpRequestFactory") ? Libraries.Hc5.responseTimeout(factory) : null;
    }

    private static Follows follows(ClientHttpRequestFactory factory, @Nullable Object client, @Nullable Boolean known) {
        if (known != null && !known) {
            return Follows.NONE;
        }
        if (is(factory, "SimpleClientHttpRequestFactory")) {
            return Follows.GETS;
        }
        boolean all;
        if (known != null) {
            all = true;
        } else if (client instanceof HttpClient jdk) {
            all = jdk.followRedirects() != HttpClient.Redirect.NEVER;
        } else if (is(factory, "HttpComponentsClientHttpRequestFactory")) {
            all = Libraries.Hc5.follows(factory);
        } else if (is(factory, "JettyClientHttpRequestFactory")) {
            all = Libraries.Jetty.follows(client);
        } else {
            all = is(factory, "ReactorClientHttpRequestFactory") && Libraries.Reactor.follows(client);
        }
        return all ? Follows.ALL : Follows.NONE;
    }

    boolean follows(HttpMethod method) {
        return follows == Follows.ALL || (follows == Follows.GETS && method == HttpMethod.GET);
    }

    /** Where the client keeps cookies, or null: nowhere, or in a place that it does not show. */
    @Nullable
    CookieHandler cookies() {
        return defaultCookies ? CookieHandler.getDefault() : ownCookies;
    }
}
