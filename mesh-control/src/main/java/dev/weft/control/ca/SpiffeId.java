package dev.weft.control.ca;

import java.util.regex.Pattern;

/**
 * A workload's name in the form that Istio gives it: {@code spiffe://TRUST_DOMAIN/ns/NAMESPACE/sa/SERVICE_ACCOUNT}.
 *
 * @param trustDomain lower case, as SPIFFE asks
 * @param namespace a DNS label
 * @param serviceAccount a DNS name
 */
public record SpiffeId(String trustDomain, String namespace, String serviceAccount) {
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,253}[a-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");

    public SpiffeId {
        expect(DOMAIN, "trust domain", trustDomain);
        expect(LABEL, "namespace", namespace);
        expect(NAME, "service account", serviceAccount);
    }

    /**
     * Reads the form that {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is another, saying what was expected
     */
    public static SpiffeId parse(String uri) {
        String[] parts = uri.split("/", -1);
        if (parts.length != 7
                || !parts[0].equals("spiffe:")
                || !parts[1].isEmpty()
                || !parts[3].equals("ns")
                || !parts[5].equals("sa")) {
            throw new IllegalArgumentException(
                    "identity " + uri + ": spiffe://TRUST_DOMAIN/ns/NAMESPACE/sa/SERVICE_ACCOUNT was expected");
        }
        return new SpiffeId(parts[2], parts[4], parts[6]);
    }

    private static void expect(Pattern form, String what, String value) {
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + " '" + value + "': lower-case letters, digits and '-' were expected");
        }
    }

    @Override
    public String toString() {
        return "spiffe://" + trustDomain + "/ns/" + namespace + "/sa/" + serviceAccount;
    }
}
