package dev.weft.control.validate.rules;

import java.util.List;
import java.util.Set;

/** A WorkloadGroup: a template for WorkloadEntries, and how their health is probed. */
final class WorkloadGroupRules {
    private WorkloadGroupRules() {}

    static void check(Place spec) {
        if (!spec.get("template").present()) {
            spec.get("template").error("a template was expected");
        }
        Values.labels(spec.get("metadata").get("labels"));
        Place probe = spec.get("probe");
        if (probe.present()) {
            probe(probe);
        }
    }

    private static void probe(Place probe) {
        for (String field : List.of(
                "periodSeconds", "initialDelaySeconds", "timeoutSeconds", "successThreshold", "failureThreshold")) {
            if (probe.get(field).number() < 0) {
                probe.get(field).error("0 or more was expected");
            }
        }
        Place http = probe.get("httpGet");
        Place tcp = probe.get("tcpSocket");
        Place exec = probe.get("exec");
        if (http.present()) {
            http(http);
        } else if (tcp.present()) {
            Values.port(tcp.get("port"));
        } else if (exec.present()) {
            if (exec.get("command").items().isEmpty()) {
                exec.get("command").error("a command was expected");
            }
        } else if (!probe.get("grpc").present()) {
            probe.error("httpGet, tcpSocket, exec or grpc was expected");
        }
    }

    private static void http(Place http) {
        Values.port(http.get("port"));
        if (!Set.of("", "HTTP", "HTTPS").contains(http.get("scheme").text())) {
            http.get("scheme").error("HTTP or HTTPS was expected");
        }
        for (Place header : http.get("httpHeaders").items()) {
            if (!HeaderRules.name(header.get("name").text())) {
                header.get("name").error("the name of a header was expected: letters, digits, - and _");
            }
        }
    }
}
