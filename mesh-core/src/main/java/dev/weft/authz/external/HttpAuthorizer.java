package dev.weft.authz.external;

import dev.weft.authz.Arrival;
import dev.weft.config.ExternalAuthorizationStage;
import dev.weft.config.ExternalAuthorizationStage.Service;
import dev.weft.config.HeaderOps;
import dev.weft.config.HeaderOps.Action;
import dev.weft.config.HeaderOps.Setting;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Asks with the request's own method, host and path: 200 means yes, 5xx that there is no answer, everything else no. */
final class HttpAuthorizer implements Authorizer {
    /** How an HTTP authorizer names fields to take out of the request. */
    private static final String REMOVALS = "x-envoy-auth-headers-to-remove";

    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;

    private final ExternalAuthorizationStage said;
    private final Service.Http service;
    private final HeaderNames sent;
    private final HeaderNames hidden;
    private final HeaderNames upstream;
    private final HeaderNames append;
    private final HeaderNames clientOnAllow;
    private final HeaderNames clientOnDeny;
    private final HeaderNames metadata;

    HttpAuthorizer(ExternalAuthorizationStage said, Service.Http service) {
        this.said = said;
        this.service = service;
        sent = HeaderNames.of(said.requestHeaders() == null ? List.of() : said.requestHeaders(), "authorization");
        hidden = HeaderNames.of(said.hiddenHeaders());
        upstream = HeaderNames.of(service.upstream());
        append = HeaderNames.of(service.upstreamAppend());
        clientOnAllow = HeaderNames.of(service.clientOnAllow());
        clientOnDeny = service.clientOnDeny().isEmpty()
                ? HeaderNames.of(List.of())
                : HeaderNames.of(service.clientOnDeny(), "www-authenticate", "location");
        metadata = HeaderNames.of(service.metadata());
    }

    @Override
    public Courier.Parcel question(Arrival arrival) {
        RequestHead head = arrival.head();
        Set<String> names = new LinkedHashSet<>();
        head.headers().forEach((name, value) -> {
            if (Changeable.is(name) && sent.match(name) && !hidden.match(name)) {
                names.add(name);
            }
        });
        Headers.Builder headers = Headers.builder();
        for (String name : names) {
            headers.add(name, String.valueOf(head.headers().joined(name)));
        }
        service.add().forEach(headers::set);
        RequestHead question = new RequestHead(
                head.method(),
                "http",
                head.authority(),
                service.pathPrefix() + head.path(),
                headers.build(),
                head.port());
        return new Courier.Parcel(said.cluster(), question, new byte[0], said.timeout());
    }

    @Override
    public Verdict verdict(Courier.Answer answer) throws NoAnswerException {
        int status = answer.head().status();
        if (status >= SERVER_ERROR) {
            throw new NoAnswerException("it answered " + status);
        }
        Headers headers = answer.head().headers();
        return status == OK ? yes(headers) : no(status, headers, answer.body());
    }

    private Verdict yes(Headers headers) {
        List<Setting> set = new ArrayList<>();
        List<Setting> response = new ArrayList<>();
        headers.forEach((name, value) -> {
            if (name.equals(REMOVALS) || !Changeable.is(name)) {
                return;
            }
            if (upstream.match(name)) {
                set.add(new Setting(name, value, Action.OVERWRITE));
            }
            if (append.match(name)) {
                set.add(new Setting(name, value, Action.APPEND));
            }
            if (clientOnAllow.match(name)) {
                response.add(new Setting(name, value, Action.APPEND));
            }
        });
        List<String> remove = new ArrayList<>();
        for (String several : headers.all(REMOVALS)) {
            for (String one : several.split(",", -1)) {
                String name = one.trim().toLowerCase(Locale.ROOT);
                if (!name.isEmpty() && Changeable.is(name)) {
                    remove.add(name);
                }
            }
        }
        HeaderOps request = new HeaderOps(set, remove);
        return new Verdict(true, request, Map.of(), List.of(), response, OK, "", noted(headers));
    }

    private Verdict no(int status, Headers headers, byte[] body) {
        List<Setting> response = new ArrayList<>();
        headers.forEach((name, value) -> {
            boolean forClient = clientOnDeny.isEmpty() || clientOnDeny.match(name);
            if (!name.equals(REMOVALS) && Changeable.is(name) && forClient) {
                response.add(new Setting(name, value, Action.APPEND));
            }
        });
        return Verdict.no(status, response, new String(body, StandardCharsets.UTF_8), noted(headers));
    }

    private Map<String, Object> noted(Headers headers) {
        Map<String, Object> noted = new TreeMap<>();
        headers.forEach((name, value) -> {
            if (metadata.match(name)) {
                noted.put(name, value);
            }
        });
        return noted;
    }
}
