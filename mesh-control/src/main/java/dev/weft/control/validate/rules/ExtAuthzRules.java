package dev.weft.control.validate.rules;

import dev.weft.proto.envoy.type.v3.StatusCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The services that policies of action CUSTOM ask, and names of extension providers in general. */
final class ExtAuthzRules {
    private static final int MAX_NAME = 63;
    /** What a name becomes a part of is taken apart again by its separators. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?");

    private static final List<String> HEADERS = List.of(
            "includeHeadersInCheck",
            "includeRequestHeadersInCheck",
            "headersToUpstreamOnAllow",
            "headersToDownstreamOnAllow",
            "headersToDownstreamOnDeny");

    private ExtAuthzRules() {}

    static void check(List<Place> providers) {
        Set<String> names = new HashSet<>();
        for (Place provider : providers) {
            Place name = provider.get("name");
            if (!name.filled()) {
                name.error("a name was expected, by which policies refer to it");
            } else if (!names.add(name.text())) {
                name.error("each name once was expected");
            }
            Place http = provider.get("envoyExtAuthzHttp");
            Place grpc = provider.get("envoyExtAuthzGrpc");
            if (http.present()) {
                authorizer(name, http);
                http(http);
            }
            if (grpc.present()) {
                authorizer(name, grpc);
            }
        }
    }

    private static void authorizer(Place name, Place provider) {
        if (name.text().length() > MAX_NAME || !NAME.matcher(name.text()).matches()) {
            name.error("at most " + MAX_NAME + " lower-case letters, digits and dashes were expected");
        }
        Place service = provider.get("service");
        String[] parts = service.text().split("/", -1);
        if (parts.length > 2 || List.of(parts).stream().anyMatch(String::isEmpty)) {
            service.error("[NAMESPACE/]HOST was expected");
        }
        Place port = provider.get("port");
        if (!Values.port((int) port.number())) {
            port.error("a port from 1 to 65535 was expected");
        }
        Values.duration(provider.get("timeout"));
        Place status = provider.get("statusOnError");
        if (status.filled() && !isStatus(status.text())) {
            status.error("an HTTP status was expected");
        }
        Place body = provider.get("includeRequestBodyInCheck");
        if (body.present() && body.get("maxRequestBytes").number() <= 0) {
            body.get("maxRequestBytes").error("at least 1 was expected");
        }
    }

    private static boolean isStatus(String text) {
        return text.length() == 3
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && StatusCode.forNumber(Integer.parseInt(text)) != null;
    }

    private static void http(Place provider) {
        Place prefix = provider.get("pathPrefix");
        if (prefix.filled() && !prefix.text().startsWith("/")) {
            prefix.error("a path was expected, beginning with /");
        }
        for (String field : HEADERS) {
            provider.get(field).items().stream()
                    .filter(header -> header.is("*"))
                    .forEach(header -> header.error("a name, prefix* or *suffix was expected"));
        }
    }
}
