package dev.weft.control.cli;

import dev.weft.control.TlsOptions;
import dev.weft.control.access.IssuerKeys;
import dev.weft.control.access.JwtIssuer;
import dev.weft.identity.PrivateFiles;
import dev.weft.runtime.Ticker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The flags of {@code serve} for identities: the authority, the TLS port, who is believed at first contact. */
final class SecurityFlags {
    /** From 15010 to 15012, as istiod has them. */
    private static final int DISTANCE = 2;

    @Option(
            names = "--tls-port",
            paramLabel = "PORT",
            description =
                    "Port for clients with credentials: certificates, configuration, operators; 0 takes a free one."
                            + " Default: --port + 2, so 15012; 0 with --port 0.")
    private @Nullable Integer tlsPort;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where the TLS port listens, 0.0.0.0 for every interface. Default ${DEFAULT-VALUE}.")
    private String address = "127.0.0.1";

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "A further DNS name or IP address by which clients call the TLS port; may be repeated.")
    private List<String> hosts = new ArrayList<>();

    @Option(names = "--no-ca", description = "No certificate authority and no TLS port.")
    private boolean noCa;

    @Option(
            names = "--ca-dir",
            paramLabel = "DIR",
            description = "An authority to take over at the first start, as Istio's cacerts: ca-cert.pem, ca-key.pem,"
                    + " root-cert.pem, cert-chain.pem. Default: one is made.")
    private @Nullable Path caDirectory;

    @Option(
            names = "--ca-passphrase-file",
            paramLabel = "FILE",
            description = "Its first line encrypts the authority's key files; mode 0600.")
    private @Nullable Path passphraseFile;

    @Option(
            names = "--certificate-validity",
            paramLabel = "DURATION",
            defaultValue = "1h",
            converter = DurationText.class,
            description = "How long certificates last, as in 30m or 1h. Default ${DEFAULT-VALUE}.")
    private Duration validity = Duration.ofHours(1);

    @ArgGroup(exclusive = false, multiplicity = "0..*")
    private List<JwtFlags> issuers = new ArrayList<>();

    @Option(
            names = "--local-token",
            paramLabel = "FILE",
            description =
                    "Where the token for services of this user on this machine is written. Default ~/.weft/token; none"
                            + " with --port 0.")
    private @Nullable Path localToken;

    @Option(names = "--no-local-token", description = "None is written: services need tokens or JWTs of their own.")
    private boolean noLocalToken;

    @Option(
            names = "--operator-token",
            paramLabel = "FILE",
            description = "Where the token for meshctl of this user is written. Default ~/.weft/operator; none"
                    + " with --port 0.")
    private @Nullable Path operatorToken;

    /** Whose JWTs are worth a certificate. */
    static final class JwtFlags {
        @Option(
                names = "--jwt-issuer",
                required = true,
                paramLabel = "ISS",
                description =
                        "An issuer whose JWTs for service accounts are believed; may be repeated with its two others.")
        private String issuer = "";

        @Option(
                names = "--jwt-audience",
                required = true,
                paramLabel = "AUD",
                description = "The audience that its tokens must name.")
        private List<String> audiences = new ArrayList<>();

        @Option(
                names = "--jwt-jwks",
                required = true,
                paramLabel = "URL|FILE",
                description = "Its public keys: an https URL, or a file that is read again when it changes.")
        private String keys = "";

        JwtIssuer read() {
            boolean url = keys.contains("://");
            return new JwtIssuer(
                    issuer,
                    Set.copyOf(audiences),
                    url ? IssuerKeys.behind(URI.create(keys), false, Ticker.system()) : IssuerKeys.file(Path.of(keys)));
        }
    }

    boolean off() {
        return noCa;
    }

    /**
     * What the flags say; null for no authority.
     *
     * @param plaintextPort as wanted; where it is any that is free, nobody can know it beforehand, and no file of the user's home is
     *     written unless it is named
     */
    @Nullable
    TlsOptions options(CommandSpec command, int plaintextPort) throws IOException {
        if (noCa) {
            refuse(command, "--tls-port", tlsPort != null);
            refuse(command, "--ca-dir", caDirectory != null);
            refuse(command, "--jwt-issuer", !issuers.isEmpty());
            refuse(command, "--local-token", localToken != null);
            return null;
        }
        if (noLocalToken && localToken != null) {
            throw new ParameterException(
                    command.commandLine(), "--local-token and --no-local-token exclude each other");
        }
        boolean lasting = plaintextPort != 0;
        int port = tlsPort != null ? tlsPort : lasting ? plaintextPort + DISTANCE : 0;
        checkPort(command, "--tls-port", port);
        if (caDirectory != null && !Files.isDirectory(caDirectory)) {
            throw new ParameterException(command.commandLine(), "--ca-dir " + caDirectory + " is not a directory");
        }
        Path home = Path.of(System.getProperty("user.home"), ".weft");
        try {
            return TlsOptions.DEFAULT
                    .withAddress(address)
                    .withPort(port)
                    .withHosts(hosts)
                    .withValidity(validity)
                    .withPassphrase(passphraseFile == null ? null : passphrase(passphraseFile))
                    .withBroughtAlong(caDirectory)
                    .withIssuers(issuers.stream().map(JwtFlags::read).toList())
                    .withLocalToken(noLocalToken ? null : chosen(localToken, home.resolve("token"), lasting))
                    .withOperatorToken(chosen(operatorToken, home.resolve("operator"), lasting));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable Path chosen(@Nullable Path said, Path otherwise, boolean lasting) {
        return said != null || !lasting ? said : otherwise;
    }

    private static void refuse(CommandSpec command, String flag, boolean said) {
        if (said) {
            throw new ParameterException(command.commandLine(), flag + " and --no-ca exclude each other");
        }
    }

    static void checkPort(CommandSpec command, String flag, int port) {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(command.commandLine(), flag + " is " + port + ", expected 0 to 65535");
        }
    }

    private static String passphrase(Path file) throws IOException {
        return PrivateFiles.read(file)
                .lines()
                .findFirst()
                .orElseThrow(() -> new IOException(file + ": is empty, a passphrase was expected"));
    }
}
