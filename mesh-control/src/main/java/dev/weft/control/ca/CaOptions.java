package dev.weft.control.ca;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an authority is told.
 *
 * @param trustDomain the domain whose identities it certifies
 * @param defaultValidity of a certificate whose request names none
 * @param maxValidity longer wishes are shortened to this
 * @param passphrase encrypts the key files; null leaves them to their mode 0600
 * @param broughtAlong a directory with Istio's {@code ca-cert.pem}, {@code ca-key.pem}, {@code root-cert.pem} and perhaps {@code
 *     cert-chain.pem}, taken over at the first start; null makes a root
 */
public record CaOptions(
        String trustDomain,
        Duration defaultValidity,
        Duration maxValidity,
        @Nullable String passphrase,
        @Nullable Path broughtAlong) {

    /** Shorter ones would be over before the next renewal is through. */
    static final Duration MIN_VALIDITY = Duration.ofMinutes(1);

    public CaOptions {
        if (defaultValidity.compareTo(MIN_VALIDITY) < 0 || maxValidity.compareTo(defaultValidity) < 0) {
            throw new IllegalArgumentException("validity: default " + defaultValidity + " and maximum " + maxValidity
                    + ", but 1 min <= default <= maximum was expected");
        }
        if (maxValidity.compareTo(Duration.ofDays(90)) > 0) {
            throw new IllegalArgumentException(
                    "validity: maximum " + maxValidity + ", but at most 90 days were expected");
        }
        if (passphrase != null && passphrase.isBlank()) {
            throw new IllegalArgumentException("passphrase: it is blank; leave it out to keep keys unencrypted");
        }
    }

    /** One hour, as default and as maximum; keys in files of mode 0600; an own root. */
    public static CaOptions of(String trustDomain) {
        return new CaOptions(trustDomain, Duration.ofHours(1), Duration.ofHours(1), null, null);
    }

    public CaOptions validity(Duration byDefault, Duration max) {
        return new CaOptions(trustDomain, byDefault, max, passphrase, broughtAlong);
    }

    public CaOptions passphrase(String secret) {
        return new CaOptions(trustDomain, defaultValidity, maxValidity, secret, broughtAlong);
    }

    public CaOptions broughtAlong(Path directory) {
        return new CaOptions(trustDomain, defaultValidity, maxValidity, passphrase, directory);
    }

    @Override
    public String toString() {
        return "CaOptions[" + trustDomain + ", " + defaultValidity + " to " + maxValidity
                + (passphrase == null ? "" : ", keys encrypted") + "]";
    }
}
