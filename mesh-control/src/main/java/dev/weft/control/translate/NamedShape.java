package dev.weft.control.translate;

import com.google.protobuf.Message;
import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.ads.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One listener and route table per name and port, given to those who ask for it: Weft, which gets an index of the names, and
 * stock gRPC.
 */
final class NamedShape implements Shape {
    private final Caller caller;
    private final Directory directory;
    private final HostWriter hosts;

    /** Filled when the index is made, so that its entries need not be looked up one by one. */
    private volatile @Nullable Map<String, Name> names;

    NamedShape(Caller caller) {
        this.caller = caller;
        this.directory = new Directory(caller);
        this.hosts = new HostWriter(caller);
    }

    @Override
    public @Nullable Message write(ResourceType type, String name) {
        if (type == ResourceType.VIRTUAL_HOST && name.equals(Names.OUTBOUND_POLICY)) {
            return hosts.outboundPolicy();
        }
        Name found = find(name);
        if (found == null) {
            return null;
        }
        boolean exact = found.resource().equals(name);
        return switch (type) {
            case LISTENER ->
                exact || caller.kind() == Kind.GRPC ? new ListenerWriter(caller).named(name, found.resource()) : null;
            case ROUTE -> exact ? hosts.table(found) : null;
            case VIRTUAL_HOST -> exact && caller.kind() == Kind.WEFT ? hosts.indexEntry(found) : null;
            default -> null;
        };
    }

    private @Nullable Name find(String resource) {
        Map<String, Name> known = names;
        Name name = known == null ? null : known.get(resource);
        return name != null ? name : directory.find(resource);
    }

    @Override
    public Collection<String> wildcard(ResourceType type) {
        if (type != ResourceType.VIRTUAL_HOST || caller.kind() != Kind.WEFT) {
            return List.of();
        }
        Map<String, Name> all = directory.all();
        names = all;
        List<String> index = new ArrayList<>(all.size() + 1);
        index.add(Names.OUTBOUND_POLICY);
        index.addAll(all.keySet());
        return index;
    }
}
