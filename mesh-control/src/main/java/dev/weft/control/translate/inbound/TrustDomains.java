package dev.weft.control.translate.inbound;

import dev.weft.control.istio.MeshConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The mesh's trust domain and its aliases: a policy that names one of them means them all.
 *
 * @param all the mesh's own first
 */
record TrustDomains(List<String> all) {
    /** In policies this stands for the mesh's own, whatever that is called. */
    private static final String LOCAL = "cluster.local";

    /** {@code domain/ns/NAMESPACE/sa/ACCOUNT}. */
    private static final int PARTS = 5;

    static TrustDomains of(MeshConfig mesh) {
        List<String> all = new ArrayList<>(List.of(mesh.trustDomain()));
        mesh.trustDomainAliases().stream().filter(alias -> !all.contains(alias)).forEach(all::add);
        return new TrustDomains(List.copyOf(all));
    }

    /** Principals with those of the other names of their trust domain; a principal that names none, or a foreign one, stays. */
    List<String> principals(List<String> written) {
        Set<String> expanded = new LinkedHashSet<>();
        for (String principal : written) {
            String[] parts = principal.split("/", -1);
            boolean ours = parts.length == PARTS
                    && !parts[0].equals("*")
                    && (parts[0].equals(LOCAL) || all.stream().anyMatch(domain -> same(parts[0], domain)));
            if (!ours) {
                expanded.add(principal);
                continue;
            }
            String rest = principal.substring(parts[0].length());
            all.forEach(domain -> expanded.add(endsLike(domain, parts[0]) ? principal : domain + rest));
        }
        return List.copyOf(expanded);
    }

    /** Trust domains, each of ours with all its names. */
    List<String> expand(List<String> written) {
        Set<String> expanded = new LinkedHashSet<>();
        for (String domain : written) {
            if (all.contains(domain)) {
                expanded.addAll(all);
            } else {
                expanded.add(domain);
            }
        }
        return List.copyOf(expanded);
    }

    private static boolean same(String written, String domain) {
        return written.equals(domain)
                || endsLike(domain, written)
                || written.endsWith("*") && domain.startsWith(written.substring(0, written.length() - 1));
    }

    /** Whether a pattern {@code *SUFFIX} covers the domain, so that the principal already means it. */
    private static boolean endsLike(String domain, String pattern) {
        return pattern.startsWith("*") && domain.endsWith(pattern.substring(1));
    }
}
