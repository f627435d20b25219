package dev.weft.http.spring;

import java.time.Duration;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/** The response timeout of an Apache client below Spring's factory; a class of its own because that client may be absent. */
final class Hc5Limit {
    private Hc5Limit() {}

    static @Nullable Duration of(ClientHttpRequestFactory factory) {
        if (factory instanceof HttpComponentsClientHttpRequestFactory components
                && components.getHttpClient() instanceof Configurable client) {
            RequestConfig config = client.getConfig();
            Timeout timeout = config == null ? null : config.getResponseTimeout();
            return timeout == null || timeout.isDisabled() || timeout.toMilliseconds() == 0
                    ? null
                    : Duration.ofMillis(timeout.toMilliseconds());
        }
        return null;
    }
}
