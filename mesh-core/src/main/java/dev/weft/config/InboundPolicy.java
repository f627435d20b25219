package dev.weft.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane said about requests that arrive at this workload.
 *
 * @param ports by service port
 * @param others for every other port
 * @param refusal why nobody is let in, for logs; null: the ports decide
 */
public record InboundPolicy(
        Map<Integer, PortPolicy> ports,
        PortPolicy others,
        @Nullable String refusal) {
    public InboundPolicy {
        ports = Map.copyOf(ports);
    }

    /** One by which the ports decide. */
    public InboundPolicy(Map<Integer, PortPolicy> ports, PortPolicy others) {
        this(ports, others, null);
    }

    /**
     * Nobody is let in: what was said cannot be read, or has not come yet.
     *
     * @param reason one sentence for logs: what is wrong and what to do
     */
    public static InboundPolicy refusing(String reason) {
        return new InboundPolicy(Map.of(), new PortPolicy(TlsMode.STRICT), reason);
    }

    /** What holds for a service port. */
    public PortPolicy port(int servicePort) {
        return ports.getOrDefault(servicePort, others);
    }

    /**
     * What holds for one port.
     *
     * @param tls which connections it takes
     * @param callers what the SPIFFE identity of a caller in TLS begins with, one of these; empty = whoever the mesh trusts
     * @param heads what becomes of a request's head before it is judged
     * @param stages who judges a request, one after the other; the first that refuses decides
     */
    public record PortPolicy(TlsMode tls, List<String> callers, HeadRules heads, List<InboundStage> stages) {
        public PortPolicy {
            callers = List.copyOf(callers);
            stages = List.copyOf(stages);
        }

        /** No way in. */
        public static final PortPolicy CLOSED = new PortPolicy(TlsMode.STRICT)
                .with(List.of(new RbacStage(new Rbac(Rbac.Action.ALLOW, new TreeMap<>()), null, "")));

        /** Only the kind of connection is judged; heads are treated as Istio does by default. */
        public PortPolicy(TlsMode tls) {
            this(tls, List.of(), HeadRules.ISTIO, List.of());
        }

        /** The same with these stages. */
        public PortPolicy with(List<InboundStage> other) {
            return new PortPolicy(tls, callers, heads, other);
        }
    }

    /**
     * What becomes of the head of a request before anybody judges it.
     *
     * @param paths how paths are normalised
     * @param clientCert what becomes of {@code x-forwarded-client-cert}
     * @param trustedHops how many entries at the end of {@code x-forwarded-for} were written by proxies that are trusted besides the
     *     one that the caller's address is taken from; -1 = the connection's other end is the caller, whatever the header says
     */
    public record HeadRules(PathNormalization paths, ClientCert clientCert, int trustedHops) {
        /** As Istio sets up a sidecar. */
        public static final HeadRules ISTIO = new HeadRules(PathNormalization.BASE, ClientCert.APPEND_FORWARD, 0);

        public HeadRules {
            if (trustedHops < -1) {
                throw new IllegalArgumentException("trustedHops " + trustedHops + ": -1 or more");
            }
        }
    }

    /** What becomes of {@code x-forwarded-client-cert}; Envoy's words. */
    public enum ClientCert {
        /** Removed. */
        SANITIZE,
        /** Kept if the connection has a caller with a certificate. */
        FORWARD_ONLY,
        /** Likewise, and the caller of the connection is added at its end. */
        APPEND_FORWARD,
        /** Replaced by the caller of the connection. */
        SANITIZE_SET,
        /** Kept, whoever sent it. */
        ALWAYS_FORWARD_ONLY
    }
}
