package dev.weft.control.translate;

import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.catalog.Service;
import dev.weft.control.catalog.ServicePort;
import dev.weft.control.catalog.Workload;
import dev.weft.control.istio.PeerAuthentication.Mode;
import dev.weft.control.istio.TrafficPolicy.Tls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether calls to one port of a service are mutual TLS, workload by workload. */
final class MutualTls {
    private final Caller caller;
    private final Service service;
    private final ServicePort port;
    private final String said;

    /** @param tls what a DestinationRule says, or null */
    MutualTls(Caller caller, Service service, ServicePort port, @Nullable Tls tls) {
        this.caller = caller;
        this.service = service;
        this.port = port;
        this.said = tls == null || tls.mode() == null ? "" : tls.mode();
    }

    /** Nobody said anything: whoever can, encrypts. Envoy is served no secrets, and stock gRPC knows no such choice. */
    boolean automatic() {
        return said.isEmpty()
                && caller.catalog().mesh().enableAutoMtls()
                && !service.external()
                && caller.kind() == Kind.WEFT;
    }

    /**
     * Whether calls are mutual TLS where one word has to do for all workloads and nobody said any: a stock gRPC library, which has the
     * certificates of the Weft client in its process, encrypts where everybody takes it.
     */
    boolean toAll(List<Workload> workloads) {
        return said.isEmpty()
                && caller.catalog().mesh().enableAutoMtls()
                && !service.external()
                && caller.inWeft()
                && caller.client().identified()
                && !workloads.isEmpty()
                && workloads.stream()
                        .allMatch(workload -> mode(workload) != Mode.DISABLE && workload.takes(port, true));
    }

    /** Whether a workload is called by mutual TLS. */
    boolean to(Workload workload) {
        if (!automatic()) {
            return said.equals("ISTIO_MUTUAL");
        }
        Mode mode = mode(workload);
        return mode != Mode.DISABLE
                && workload.takes(port, true)
                // Who has no identity calls in plaintext where that is taken; where not, it is told so by its own
                // library.
                && (caller.client().identified() || mode == Mode.STRICT || !workload.takes(port, false));
    }

    private Mode mode(Workload workload) {
        String namespace = workload.namespace().isEmpty() ? service.namespace() : workload.namespace();
        return caller.catalog().security().peers(namespace, workload.labels()).mode(workload.policyPort(port));
    }
}
