package dev.weft.control.validate.rules;

import java.time.Duration;
import java.util.List;

/** A mesh configuration. */
final class MeshConfigRules {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(30);

    private MeshConfigRules() {}

    static void check(Place mesh) {
        Place connect = mesh.get("connectTimeout");
        Values.duration(connect);
        Duration timeout = connect.duration();
        if (timeout != null && timeout.compareTo(LONGEST_CONNECT) > 0) {
            connect.error("at most 30s was expected");
        }
        if (mesh.get("trustDomain").present()) {
            domain(mesh.get("trustDomain"));
        }
        mesh.get("trustDomainAliases").items().forEach(MeshConfigRules::domain);
        if (mesh.get("rootNamespace").present()
                && !HostNames.label(mesh.get("rootNamespace").text())) {
            mesh.get("rootNamespace").error("a namespace was expected");
        }
        RetryRules.check(mesh.get("defaultHttpRetryPolicy"));
        for (String field :
                List.of("defaultServiceExportTo", "defaultVirtualServiceExportTo", "defaultDestinationRuleExportTo")) {
            for (Place entry : mesh.get(field).items()) {
                if (!List.of(".", "*", "~").contains(entry.text()) && !HostNames.label(entry.text())) {
                    entry.error("., *, ~ or a namespace was expected");
                }
            }
        }
        LocalityRules.locality(mesh.get("localityLbSetting"), true);
        ExtAuthzRules.check(mesh.get("extensionProviders").items());
        LocalityRules.zone(mesh.get("zoneAwareLbSetting"), true);
    }

    private static void domain(Place domain) {
        domain.error(HostNames.fullyQualified(domain.text()));
    }
}
