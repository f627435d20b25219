package dev.weft.loadbalance;

import dev.weft.config.Endpoint;
import dev.weft.upstream.Host;
import dev.weft.upstream.LocalityHosts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A host on its way into a hash table.
 *
 * @param key what stands for the host; two clients with equal keys send equal requests to equal hosts
 * @param weight its share of the whole, all shares together are 1
 */
record WeightedHost(Host host, String key, double weight) {

    /** By the hosts' own weights. */
    static List<WeightedHost> of(List<Host> hosts, boolean useHostname) {
        List<WeightedHost> weighted = new ArrayList<>(hosts.size());
        add(hosts, 1, useHostname, weighted);
        return weighted;
    }

    /** By the localities' weights and, within each, by the hosts' own; those without hosts or weight take no part. */
    static List<WeightedHost> of(
            List<LocalityHosts> localities, Function<LocalityHosts, List<Host>> eligible, boolean useHostname) {
        double sum = 0;
        for (LocalityHosts locality : localities) {
            sum += eligible.apply(locality).isEmpty() ? 0 : locality.weight();
        }
        List<WeightedHost> weighted = new ArrayList<>();
        for (LocalityHosts locality : localities) {
            if (locality.weight() > 0) {
                add(eligible.apply(locality), locality.weight() / sum, useHostname, weighted);
            }
        }
        return weighted;
    }

    private static void add(List<Host> hosts, double share, boolean useHostname, List<WeightedHost> to) {
        double sum = 0;
        for (Host host : hosts) {
            sum += host.endpoint().weight();
        }
        for (Host host : hosts) {
            to.add(new WeightedHost(
                    host, key(host, useHostname), share * host.endpoint().weight() / sum));
        }
    }

    private static String key(Host host, boolean useHostname) {
        Endpoint endpoint = host.endpoint();
        String written = endpoint.metadata().get("hash_key");
        if (written != null && !written.isEmpty()) {
            return written;
        }
        return useHostname && !endpoint.hostname().isEmpty() ? endpoint.hostname() : host.address();
    }
}
