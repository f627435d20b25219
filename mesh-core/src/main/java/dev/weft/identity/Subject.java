package dev.weft.identity;

import org.jspecify.annotations.Nullable;

/**
 * Whom a credential is for, as far as it says.
 *
 * @param trustDomain null: the CA's, which a Kubernetes token does not know
 */
public record Subject(@Nullable String trustDomain, String namespace, String serviceAccount) {

    /** Fails with {@link IllegalArgumentException} if a part cannot stand in a SPIFFE identity. */
    public Subject {
        SpiffeId unused = SpiffeId.of(trustDomain == null ? "any" : trustDomain, namespace, serviceAccount);
    }

    /** Fails with {@link IllegalArgumentException} if the identity has not Istio's form. */
    public static Subject of(SpiffeId id) {
        String namespace = id.namespace();
        String account = id.serviceAccount();
        if (namespace == null || account == null) {
            throw new IllegalArgumentException(
                    id + " is not of the form spiffe://TRUST_DOMAIN/ns/NAMESPACE/sa/SERVICE_ACCOUNT");
        }
        return new Subject(id.trustDomain(), namespace, account);
    }

    /** Whether that is the one. */
    public boolean is(SpiffeId id) {
        return namespace.equals(id.namespace())
                && serviceAccount.equals(id.serviceAccount())
                && (trustDomain == null || trustDomain.equals(id.trustDomain()));
    }

    /** The whole identity, or its path with {@code *} for a trust domain that is not known. */
    @Override
    public String toString() {
        return "spiffe://" + (trustDomain == null ? "*" : trustDomain) + "/ns/" + namespace + "/sa/" + serviceAccount;
    }
}
