package dev.weft.http.spring;

import dev.weft.http.call.StaticType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * The user's factory and what can be known of it.
 *
 * @param factory makes all requests that are none of the mesh's
 * @param readTimeout what it was told to wait for, or null: nothing, or it does not say
 * @param whole whether its read timeout bounds a call until its response is closed, else each silence of the server
 */
record OutsideFactory(
        ClientHttpRequestFactory factory, @Nullable Duration readTimeout, boolean whole) {
    private static final String SPRINGS = "org.springframework.http.client.";

    /** @param told the read timeout with which the factory was built, or null: ask the factory */
    static OutsideFactory of(ClientHttpRequestFactory factory, @Nullable Duration told) {
        boolean whole = StaticType.isA(factory, SPRINGS + "JdkClientHttpRequestFactory")
                || StaticType.isA(factory, SPRINGS + "JettyClientHttpRequestFactory");
        return new OutsideFactory(factory, told == null ? readTimeout(factory) : told, whole);
    }

    /** Bounds a call with its body, or null. */
    @Nullable
    Duration limit() {
        return whole ? readTimeout : null;
    }

    /** Bounds each wait for the server's next bytes, or null. */
    @Nullable
    Duration silence() {
        return whole ? null : readTimeout;
    }

    /** Spring's factories have a setter for it and no getter. */
    private static @Nullable Duration readTimeout(ClientHttpRequestFactory factory) {
        Object value = PrivateField.of(factory, SPRINGS, "readTimeout");
        if (value instanceof Duration duration) {
            return duration;
        }
        if (value instanceof Number millis && millis.longValue() > 0) {
            return Duration.ofMillis(millis.longValue());
        }
        return StaticType.isA(factory, SPRINGS + "HttpComponentsClientHttpRequestFactory")
                ? Hc5Limit.of(factory)
                : null;
    }
}
