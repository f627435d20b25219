package dev.weft.http.spring.reactive;

import dev.weft.http.spring.PrivateField;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * What the application configured in its own client and would miss on the mesh.
 *
 * @param redirects how many in a row are followed
 * @param responseTimeout how long it waits for the head of an answer once the request has been sent; null: for ever
 * @param timeout what it throws then
 */
record OwnSettings(int redirects, @Nullable Duration responseTimeout, Supplier<Throwable> timeout) {
    private static final OwnSettings NONE = new OwnSettings(0, null, ReadTimeoutException::new);

    private static final String SPRING = "org.springframework.http.client.reactive.";

    /** Read at each call: Spring makes some clients late, and again when the application is restarted. */
    static OwnSettings of(ClientHttpConnector connector) {
        return switch (connector.getClass().getName()) {
            case SPRING + "ReactorClientHttpConnector" -> Reactor.read(connector);
            case SPRING + "JdkClientHttpConnector" -> jdk(connector);
            default -> NONE;
        };
    }

    private static OwnSettings jdk(ClientHttpConnector connector) {
        boolean follows = PrivateField.of(connector, SPRING, "httpClient") instanceof HttpClient client
                && client.followRedirects() != HttpClient.Redirect.NEVER;
        return new OwnSettings(
                follows ? 5 : 0,
                PrivateField.of(connector, SPRING, "readTimeout") instanceof Duration timeout ? timeout : null,
                () -> new HttpTimeoutException("request timed out"));
    }

    /** Apart, because it is loaded only where there is a Reactor Netty. */
    private static final class Reactor {
        private static final @Nullable Object EVERY_REDIRECT = reactor.netty.http.client.HttpClient.create()
                .followRedirect(true)
                .configuration()
                .followRedirectPredicate();

        static OwnSettings read(ClientHttpConnector connector) {
            if (!(PrivateField.of(connector, SPRING, "httpClient")
                    instanceof reactor.netty.http.client.HttpClient client)) {
                return NONE;
            }
            // A condition of the user's own asks for Reactor Netty's objects, which there are none of; he gets the
            // answer.
            boolean follows =
                    EVERY_REDIRECT != null && client.configuration().followRedirectPredicate() == EVERY_REDIRECT;
            return new OwnSettings(
                    follows ? 50 : 0, client.configuration().responseTimeout(), () -> ReadTimeoutException.INSTANCE);
        }
    }
}
