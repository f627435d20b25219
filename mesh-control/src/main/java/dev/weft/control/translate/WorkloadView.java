package dev.weft.control.translate;

import dev.weft.control.ads.Resource;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.ads.View;
import dev.weft.control.translate.inbound.InboundListener;
import dev.weft.xds.StockNames;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What workloads of one class see: what all clients of their class do, the listener for what arrives at them, and by names of their own
 * what a stock gRPC library in their process is to see.
 */
final class WorkloadView implements View {
    private final LazyView outbound;
    private final Supplier<Resource> inbound;
    private final Supplier<LazyView> stock;
    private final Function<String, @Nullable Resource> stockInbound;

    /**
     * A view.
     *
     * @param inbound the listener for what arrives
     * @param stock what a stock gRPC client sees
     * @param stockInbound the listener of a stock gRPC server, by its plain name; null where the name is none of such a listener
     */
    WorkloadView(
            LazyView outbound,
            Supplier<Resource> inbound,
            Supplier<LazyView> stock,
            Function<String, @Nullable Resource> stockInbound) {
        this.outbound = outbound;
        this.inbound = inbound;
        this.stock = stock;
        this.stockInbound = stockInbound;
    }

    @Override
    public String revision() {
        return outbound.revision();
    }

    @Override
    public @Nullable Resource resource(ResourceType type, String name) {
        if (StockNames.is(name)) {
            Resource plain = stock(type, StockNames.plain(name));
            return plain == null ? null : new Resource(name, plain.version(), plain.body());
        }
        return type == ResourceType.LISTENER && name.equals(InboundListener.NAME)
                ? inbound.get()
                : outbound.resource(type, name);
    }

    private @Nullable Resource stock(ResourceType type, String name) {
        Resource listener = type == ResourceType.LISTENER ? stockInbound.apply(name) : null;
        return listener != null ? listener : stock.get().resource(type, name);
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
