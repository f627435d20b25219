package dev.weft.control.ca;

import dev.weft.identity.SpiffeId;

/** Workloads as people name them. */
public final class WorkloadName {
    private WorkloadName() {}

    /**
     * Reads a name.
     *
     * @param text {@code NAMESPACE/SERVICE_ACCOUNT}, or a whole SPIFFE identity of this trust domain
     * @throws IllegalArgumentException if it is neither, saying what was expected
     */
    public static SpiffeId read(String text, String trustDomain) {
        int slash = text.indexOf('/');
        SpiffeId id = text.startsWith("spiffe:") || slash < 0
                ? SpiffeId.parse(text)
                : SpiffeId.of(trustDomain, text.substring(0, slash), text.substring(slash + 1));
        if (!id.trustDomain().equals(trustDomain) || id.serviceAccount() == null) {
            throw new IllegalArgumentException("identity " + id + ": NAMESPACE/SERVICE_ACCOUNT or spiffe://"
                    + trustDomain + "/ns/NAMESPACE/sa/SERVICE_ACCOUNT was expected");
        }
        return id;
    }
}
