package dev.weft.xds;

import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundPolicy.PortPolicy;
import dev.weft.xds.reader.ListenerReader;
import dev.weft.xds.reader.ReadListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes one policy of the listeners for requests that come in: one for all ports, and, where istiod serves ports by themselves, those.
 * What has not changed is the instance of before. Control thread only.
 */
final class InboundPolicies {
    private static final InboundPolicy NOT_HERE =
            InboundPolicy.refusing("no policy for requests that arrive has come from the control plane yet");
    private static final InboundPolicy NONE = InboundPolicy.refusing(
            "the control plane has no policy for requests that arrive here; is this workload known to it, and does it serve listener "
                    + ListenerReader.INBOUND + "?");

    private final Expectations expectations;
    private List<ReadListener> from = List.of();
    private @Nullable InboundPolicy made;

    InboundPolicies(Expectations expectations) {
        this.expectations = expectations;
    }

    /** @return null only where nobody expects anything, so that silence is an answer */
    @Nullable
    InboundPolicy of(Collection<ReadListener> listeners) {
        List<ReadListener> found = new ArrayList<>(1);
        for (ReadListener listener : listeners) {
            if (listener.kind() == ReadListener.Kind.INBOUND) {
                found.add(listener);
            }
        }
        if (found.isEmpty()) {
            return expectations == Expectations.NONE
                    ? null
                    : expectations.absent(ResourceType.LISTENER, ListenerReader.INBOUND) ? NONE : NOT_HERE;
        }
        if (!found.equals(from)) {
            from = found;
            made = make(found);
        }
        return made;
    }

    private static InboundPolicy make(List<ReadListener> listeners) {
        InboundPolicy base = null;
        Map<Integer, PortPolicy> ports = new HashMap<>();
        for (ReadListener listener : listeners) {
            InboundPolicy own = java.util.Objects.requireNonNull(listener.inbound());
            if (own.refusal() != null) {
                return own;
            }
            if (ListenerReader.isForAllPorts(listener.name())) {
                base = own;
            } else {
                // Bound by itself, so that its chains name no port.
                ports.put(listener.port(), own.others());
                ports.putAll(own.ports());
            }
        }
        if (base == null) {
            return new InboundPolicy(ports, PortPolicy.CLOSED);
        }
        Map<Integer, PortPolicy> all = new HashMap<>(base.ports());
        all.putAll(ports);
        return new InboundPolicy(all, base.others());
    }
}
