package dev.weft.spring.declared;

import dev.weft.http.call.StaticType;
import dev.weft.request.LocalReply;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

/**
 * Which failures a fallback answers: the service, the mesh or the network failed. Not: the request was wrong (4xx), its answer was
 * not understood, the caller gave up.
 */
final class Failures {
    private static final boolean WEB_CLIENT = ClassUtils.isPresent(
            "org.springframework.web.reactive.function.client.WebClient", Failures.class.getClassLoader());

    /** Causes of causes that are looked at; a chain that is longer is a ring. */
    private static final int DEPTH = 16;

    private Failures() {}

    static boolean ofTheService(Throwable thrown) {
        if (Thread.currentThread().isInterrupted()) {
            return false;
        }
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < DEPTH; depth++) {
            Boolean decided = decided(each);
            if (decided != null) {
                return decided;
            }
            each = each.getCause();
        }
        return false;
    }

    private static @Nullable Boolean decided(Throwable each) {
        if (each instanceof RestClientResponseException answered) {
            return answered(answered.getStatusCode().value(), answered.getResponseHeaders());
        }
        if (WEB_CLIENT) {
            Boolean decided = Reactive.decided(each);
            if (decided != null) {
                return decided;
            }
        }
        if (each instanceof TimeoutException) {
            return true;
        }
        // Jackson 2 calls a wrong document an I/O error.
        boolean io =
                each instanceof IOException && !StaticType.isA(each, "com.fasterxml.jackson.core.JacksonException");
        return io ? Boolean.TRUE : null;
    }

    private static boolean answered(int status, @Nullable HttpHeaders headers) {
        if (status == 429) {
            return headers != null && LocalReply.in(headers::getFirst).isPresent();
        }
        return status >= 500;
    }

    /** Loaded only where WebClient is there. */
    private static final class Reactive {
        static @Nullable Boolean decided(Throwable each) {
            if (each instanceof WebClientResponseException answered) {
                return answered(answered.getStatusCode().value(), answered.getHeaders());
            }
            return each instanceof WebClientRequestException ? Boolean.TRUE : null;
        }
    }
}
