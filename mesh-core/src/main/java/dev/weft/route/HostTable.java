package dev.weft.route;

import dev.weft.config.VirtualHost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The virtual hosts of one port by domain: exact before the longest {@code *suffix}, before the longest {@code prefix*},
 * before {@code *}. Names are looked up in any case, without port and without a final dot. Immutable.
 */
final class HostTable {
    final List<VirtualHost> source;
    private final Map<String, CompiledHost> exact = new HashMap<>();
    private final NameTable names;
    private final List<Wildcard> suffixes = new ArrayList<>();
    private final List<Wildcard> prefixes = new ArrayList<>();
    private @Nullable CompiledHost everything;

    /** @param earlier compiled hosts by record identity, to keep what has not changed */
    HostTable(List<VirtualHost> hosts, Map<VirtualHost, CompiledHost> earlier) {
        source = hosts;
        for (VirtualHost host : hosts) {
            CompiledHost known = earlier.get(host);
            CompiledHost compiled = known != null ? known : new CompiledHost(host);
            for (String domain : host.domains()) {
                add(withoutFinalDot(domain), compiled);
            }
        }
        suffixes.sort(Comparator.comparingInt((Wildcard w) -> w.part.length()).reversed());
        prefixes.sort(Comparator.comparingInt((Wildcard w) -> w.part.length()).reversed());
        names = new NameTable(exact);
    }

    private void add(String domain, CompiledHost host) {
        if (domain.equals("*")) {
            everything = everything == null ? host : everything;
        } else if (domain.startsWith("*")) {
            suffixes.add(new Wildcard(domain.substring(1), host));
        } else if (domain.endsWith("*")) {
            prefixes.add(new Wildcard(domain.substring(0, domain.length() - 1), host));
        } else {
            exact.putIfAbsent(domain, host);
        }
    }

    /** The virtual host of every name, or null. */
    @Nullable
    CompiledHost everything() {
        return everything;
    }

    /** The virtual host of the name that stands in {@code text} from {@code start} to {@code end}, or null. */
    @Nullable
    CompiledHost find(String text, int start, int end) {
        CompiledHost found = names.find(text, start, end);
        return found != null || (suffixes.isEmpty() && prefixes.isEmpty())
                ? found
                : findByWildcard(text.substring(start, end).toLowerCase(Locale.ROOT));
    }

    private @Nullable CompiledHost findByWildcard(String name) {
        for (Wildcard suffix : suffixes) {
            // "*.a" needs something in front of ".a", as in Envoy.
            if (name.length() > suffix.part.length() && name.endsWith(suffix.part)) {
                return suffix.host;
            }
        }
        for (Wildcard prefix : prefixes) {
            if (name.length() > prefix.part.length() && name.startsWith(prefix.part)) {
                return prefix.host;
            }
        }
        return null;
    }

    /** Every compiled host by its record. */
    void collect(Map<VirtualHost, CompiledHost> into) {
        exact.values().forEach(host -> into.put(host.host, host));
        suffixes.forEach(wildcard -> into.put(wildcard.host.host, wildcard.host));
        prefixes.forEach(wildcard -> into.put(wildcard.host.host, wildcard.host));
        if (everything != null) {
            into.put(everything.host, everything);
        }
    }

    static String withoutFinalDot(String name) {
        return name.length() > 1 && name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private record Wildcard(String part, CompiledHost host) {}
}
