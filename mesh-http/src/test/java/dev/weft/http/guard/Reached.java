package dev.weft.http.guard;

import java.util.Locale;

/**
 * What a handler of the site saw.
 *
 * @param route whose handler it is, as the server chose it: {@code admin}, {@code public} or {@code root}
 * @param role the values of {@code x-role}, with bars between them; null without
 * @param server the host that the server takes the request to be for
 */
public record Reached(
        String route,
        String method,
        String path,
        String host,
        String server,
        String role,
        String timeoutField,
        String caller,
        String principal,
        boolean deadline,
        long body) {

    /** The answer to the request. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "route=%s method=%s path=%s host=%s role=%s timeout=%s caller=%s principal=%s deadline=%s body=%d",
                route,
                method,
                path,
                host,
                role,
                timeoutField,
                caller,
                principal,
                deadline,
                body);
    }
}
