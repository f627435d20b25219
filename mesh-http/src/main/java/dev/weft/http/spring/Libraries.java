package dev.weft.http.spring;

import java.time.Duration;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/** Settings of the libraries below Spring's factories. A class for each, which is loaded where the library is there. */
final class Libraries {
    private Libraries() {}

    /** Apache HttpClient 5. */
    static final class Hc5 {
        private Hc5() {}

        static @Nullable Duration responseTimeout(ClientHttpRequestFactory factory) {
            RequestConfig config = config(factory);
            Timeout timeout = config == null ? null : config.getResponseTimeout();
            return timeout == null || timeout.isDisabled() || timeout.toMilliseconds() == 0
                    ? null
                    : Duration.ofMillis(timeout.toMilliseconds());
        }

        /** Unless a request forbids it: that its builder was told not to, a client does not show. */
        static boolean follows(ClientHttpRequestFactory factory) {
            RequestConfig config = config(factory);
            return config == null || config.isRedirectsEnabled();
        }

        private static @Nullable RequestConfig config(ClientHttpRequestFactory factory) {
            return factory instanceof HttpComponentsClientHttpRequestFactory components
                            && components.getHttpClient() instanceof Configurable client
                    ? client.getConfig()
                    : null;
        }
    }

    /** Jetty's client. */
    static final class Jetty {
        private Jetty() {}

        static boolean follows(@Nullable Object client) {
            return client instanceof org.eclipse.jetty.client.HttpClient jetty && jetty.isFollowRedirects();
        }
    }

    /** Reactor Netty's client. */
    static final class Reactor {
        private Reactor() {}

        static boolean follows(@Nullable Object client) {
            return client instanceof reactor.netty.http.client.HttpClient reactor
                    && reactor.configuration().followRedirectPredicate() != null;
        }
    }
}
