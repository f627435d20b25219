package dev.weft.control;

import dev.weft.control.access.AuditLog;
import dev.weft.control.access.Authenticators;
import dev.weft.control.access.CallerAuthenticator;
import dev.weft.control.access.CallerGate;
import dev.weft.control.access.CertificateAuthenticator;
import dev.weft.control.access.JoinTokenAuthenticator;
import dev.weft.control.access.JoinTokens;
import dev.weft.control.access.JwtAuthenticator;
import dev.weft.control.access.JwtIssuer;
import dev.weft.control.access.LocalToken;
import dev.weft.control.access.LocalTokenAuthenticator;
import dev.weft.control.access.OperatorGate;
import dev.weft.control.access.OperatorTokens;
import dev.weft.control.access.Refusals;
import dev.weft.control.access.RefusedException;
import dev.weft.control.ads.AdsServer;
import dev.weft.control.ca.CaOptions;
import dev.weft.control.ca.CertificateAuthority;
import dev.weft.control.ca.CertificateService;
import dev.weft.control.ca.ServerIdentity;
import dev.weft.control.endpoint.GrpcEndpoint;
import dev.weft.control.endpoint.TlsServer;
import dev.weft.control.istio.MeshConfig;
import dev.weft.control.operator.OperatorService;
import dev.weft.identity.SpiffeId;
import dev.weft.runtime.Ticker;
import dev.weft.runtime.World;
import io.grpc.ServerInterceptors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The certificate authority and the TLS port with all that is behind it. Thread-safe. */
final class SecureSide implements AutoCloseable {
    /** The control plane's own service account, in the root namespace: clients look for it. */
    private static final String ACCOUNT = "mesh-control";

    private final TlsOptions options;
    private final World world;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CertificateAuthority authority;
    private final ServerIdentity identity;
    private final AuditLog audit;
    private final Refusals refusals;
    private final JoinTokens joinTokens;
    private final OperatorTokens operators;
    private final @Nullable LocalToken localToken;
    private final GrpcEndpoint endpoint;

    /**
     * Opens the authority, and no port yet.
     *
     * @param directory the authority's; a control plane at a time holds it
     */
    SecureSide(TlsOptions options, MeshConfig mesh, Path directory, World world) throws IOException {
        this.options = options;
        this.world = world;
        Ticker ticker = world.ticker();
        try {
            this.authority = keep(CertificateAuthority.open(directory, caOptions(options, mesh), ticker));
            this.audit = new AuditLog(directory.resolve("audit.jsonl"), ticker);
            this.refusals = new Refusals(audit);
            this.joinTokens = JoinTokens.open(directory.resolve("tokens"), ticker);
            this.operators = OperatorTokens.open(directory.resolve("operators"), ticker);
            this.localToken = options.localToken() == null ? null : new LocalToken(options.localToken());
            this.identity = keep(ServerIdentity.start(
                    authority,
                    SpiffeId.of(mesh.trustDomain(), mesh.rootNamespace(), ACCOUNT),
                    names(options),
                    mesh.trustDomainAliases(),
                    world));
            this.endpoint =
                    GrpcEndpoint.tls(options.address(), options.port(), keep(new TlsServer(identity, refusals, world)));
            parts.push(endpoint);
        } catch (RefusedException e) {
            close();
            throw new IOException("the certificate authority in " + directory + " cannot sign: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    private static CaOptions caOptions(TlsOptions options, MeshConfig mesh) {
        CaOptions ca = CaOptions.of(mesh.trustDomain()).validity(options.validity(), options.validity());
        String passphrase = options.passphrase();
        Path own = options.broughtAlong();
        ca = passphrase == null ? ca : ca.passphrase(passphrase);
        return own == null ? ca : ca.broughtAlong(own);
    }

    private static List<String> names(TlsOptions options) {
        List<String> names = new ArrayList<>(List.of("localhost", ACCOUNT));
        if (!everywhere(options.address())) {
            names.add(options.address());
        }
        names.addAll(options.hosts());
        return names.stream().distinct().toList();
    }

    /** Whether it is every interface's address and so nobody's in particular. */
    private static boolean everywhere(String address) {
        return address.equals("0.0.0.0") || address.equals("::");
    }

    /** Where an operator's token says that the control plane is. */
    private String called() {
        String local = everywhere(options.address()) ? "localhost" : options.address();
        return (options.hosts().isEmpty() ? local : options.hosts().get(0)) + ":" + port();
    }

    /** What the push server does with clients who speak for others. */
    Refusals refusals() {
        return refusals;
    }

    /**
     * Opens the port and writes the token files.
     *
     * @param plaintextPort 0 if there is none
     */
    void start(AdsServer ads, int plaintextPort) throws IOException {
        Ticker ticker = world.ticker();
        CallerAuthenticator certificates = new CertificateAuthenticator(identity::bundle, ticker);
        CallerAuthenticator jwts = new JwtAuthenticator(authority.trustDomain(), options.issuers(), ticker);
        List<CallerAuthenticator> first = new ArrayList<>(List.of(new JoinTokenAuthenticator(joinTokens), jwts));
        if (localToken != null) {
            first.add(new LocalTokenAuthenticator(localToken));
        }
        first.add(certificates);
        CertificateService ca = new CertificateService(
                authority, new Authenticators("a join token, a JWT or a client certificate", first), audit, ticker);
        CallerGate workloads = new CallerGate(
                new Authenticators("a client certificate or a JWT", List.of(certificates, jwts)),
                "a client certificate of trust domain " + authority.trustDomain() + ", or a JWT, was expected",
                refusals);
        OperatorGate people = new OperatorGate(operators, refusals);
        OperatorService operator = new OperatorService(authority, joinTokens, operators, audit, this::called);
        endpoint.start(List.of(
                ca.bindService(),
                ServerInterceptors.intercept(ads.discovery(), workloads),
                ServerInterceptors.intercept(ads.loadReports(), workloads),
                ServerInterceptors.intercept(ads.status(), people),
                ServerInterceptors.intercept(operator, people)));
        keep(TokenFiles.write(
                authority,
                localToken,
                operators,
                options.operatorToken(),
                plaintextPort,
                port(),
                everywhere(options.address()) ? "localhost:" + port() : target()));
    }

    int port() {
        return endpoint.port();
    }

    /** {@code ADDRESS:PORT}. */
    String target() {
        return options.address() + ":" + port();
    }

    CertificateAuthority authority() {
        return authority;
    }

    @Override
    public void close() {
        for (JwtIssuer issuer : options.issuers()) {
            if (issuer.keys() instanceof AutoCloseable closeable) {
                parts.push(closeable);
            }
        }
        ControlPlane.close(parts);
    }
}
