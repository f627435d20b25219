package dev.weft.testing;

import dev.weft.control.ads.ClientNode;
import dev.weft.control.explain.Asker;
import java.util.Map;

/** A caller. */
record Who(String namespace, String service) {
    static final String DEFAULT_NAMESPACE = "default";

    /** @param text {@code service} or {@code namespace/service} */
    static Who of(String text) {
        int slash = text.indexOf('/');
        String namespace = slash < 0 ? DEFAULT_NAMESPACE : text.substring(0, slash);
        String service = text.substring(slash + 1);
        if (namespace.isEmpty() || service.isEmpty() || service.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "caller `" + text + "`: `service` or `namespace/service` was expected, as in default/productpage");
        }
        return new Who(namespace, service);
    }

    Asker asker() {
        return new Asker(namespace, service, Map.of("app", service));
    }

    ClientNode node() {
        return asker().node();
    }
}
