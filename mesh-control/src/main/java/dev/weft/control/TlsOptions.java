package dev.weft.control;

import dev.weft.control.access.JwtIssuer;
import dev.weft.control.ca.CaOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a control plane certifies identities and opens its TLS port. Trust domain and root namespace come from the mesh configuration.
 *
 * @param address where to listen
 * @param port where to listen; 0 takes any that is free
 * @param hosts further DNS names and IP addresses by which clients call it, beside {@code localhost}, {@code mesh-control} and the
 *     address itself
 * @param validity of certificates, 1 min to 90 days
 * @param passphrase encrypts the authority's key files; null leaves them to their mode 0600
 * @param broughtAlong Istio's {@code cacerts} directory, taken over at the first start; null makes a root
 * @param issuers whose JWTs are believed; closed with the control plane if their keys can be
 * @param localToken where the token for services on this machine is written; null for none
 * @param operatorToken where the token for {@code meshctl} on this machine is written; null for none
 */
public record TlsOptions(
        String address,
        int port,
        List<String> hosts,
        Duration validity,
        @Nullable String passphrase,
        @Nullable Path broughtAlong,
        List<JwtIssuer> issuers,
        @Nullable Path localToken,
        @Nullable Path operatorToken) {
    /** The port that clients with a credential try when they are told nothing; istiod's. */
    public static final int DEFAULT_PORT = 15012;

    /** 127.0.0.1:15012, certificates of an hour, an own root in files of mode 0600, no JWTs, no token files. */
    public static final TlsOptions DEFAULT = new TlsOptions(
            "127.0.0.1", DEFAULT_PORT, List.of(), Duration.ofHours(1), null, null, List.of(), null, null);

    public TlsOptions {
        hosts = List.copyOf(hosts);
        issuers = List.copyOf(issuers);
        // Fails here and not at the start, if the authority would not have it.
        var unused = new CaOptions("any", validity, validity, passphrase, broughtAlong);
    }

    public TlsOptions withAddress(String address) {
        return new TlsOptions(
                address, port, hosts, validity, passphrase, broughtAlong, issuers, localToken, operatorToken);
    }

    public TlsOptions withPort(int port) {
        return new TlsOptions(
                address, port, hosts, validity, passphrase, broughtAlong, issuers, localToken, operatorToken);
    }

    public TlsOptions withHosts(List<String> hosts) {
        return new TlsOptions(
                address, port, hosts, validity, passphrase, broughtAlong, issuers, localToken, operatorToken);
    }

    public TlsOptions withValidity(Duration validity) {
        return new TlsOptions(
                address, port, hosts, validity, passphrase, broughtAlong, issuers, localToken, operatorToken);
    }

    public TlsOptions withPassphrase(@Nullable String passphrase) {
        return new TlsOptions(
                address, port, hosts, validity, passphrase, broughtAlong, issuers, localToken, operatorToken);
    }

    public TlsOptions withBroughtAlong(@Nullable Path directory) {
        return new TlsOptions(
                address, port, hosts, validity, passphrase, directory, issuers, localToken, operatorToken);
    }

    public TlsOptions withIssuers(List<JwtIssuer> issuers) {
        return new TlsOptions(
                address, port, hosts, validity, passphrase, broughtAlong, issuers, localToken, operatorToken);
    }

    public TlsOptions withLocalToken(@Nullable Path file) {
        return new TlsOptions(address, port, hosts, validity, passphrase, broughtAlong, issuers, file, operatorToken);
    }

    public TlsOptions withOperatorToken(@Nullable Path file) {
        return new TlsOptions(address, port, hosts, validity, passphrase, broughtAlong, issuers, localToken, file);
    }

    /** No passphrase. */
    @Override
    public String toString() {
        return "TlsOptions[" + address + ":" + port + ", hosts " + hosts + ", validity " + validity
                + (passphrase == null ? "" : ", keys encrypted") + ", " + issuers.size() + " issuers]";
    }
}
