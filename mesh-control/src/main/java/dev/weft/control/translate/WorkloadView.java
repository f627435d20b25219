package dev.weft.control.translate;

import dev.weft.control.ads.Resource;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ads.View;
import dev.weft.control.translate.inbound.InboundListener;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What workloads of one class see: what all clients of their class do, and the listener for what arrives at them. */
final class WorkloadView implements View {
    private final LazyView outbound;
    private final Supplier<Resource> inbound;

    WorkloadView(LazyView outbound, Supplier<Resource> inbound) {
        this.outbound = outbound;
        this.inbound = inbound;
    }

    @Override
    public String revision() {
        return outbound.revision();
    }

    @Override
    public @Nullable Resource resource(ResourceType type, String name) {
        return type == ResourceType.LISTENER && name.equals(InboundListener.NAME)
                ? inbound.get()
                : outbound.resource(type, name);
    }

    @Override
    public Map<String, Resource> wildcard(ResourceType type) {
        return outbound.wildcard(type);
    }

    @Override
    public View base() {
        return outbound;
    }
}
