package dev.weft.control.ca;

import dev.weft.control.access.AuditLog;
import dev.weft.control.access.Authenticators;
import dev.weft.control.access.Caller;
import dev.weft.control.access.Connection;
import dev.weft.control.access.RateLimit;
import dev.weft.control.access.Refusals;
import dev.weft.control.access.RefusedException;
import dev.weft.control.access.RefusedException.Reason;
import dev.weft.proto.istio.v1.auth.IstioCertificateRequest;
import dev.weft.proto.istio.v1.auth.IstioCertificateResponse;
import dev.weft.proto.istio.v1.auth.IstioCertificateServiceGrpc;
import dev.weft.runtime.Ticker;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Istio's certificate service. Belongs on a TLS port; calls without TLS are refused.
 * Who asks is found before anything that was sent is read.
 */
public final class CertificateService implements BindableService {
    private static final Logger log = LoggerFactory.getLogger(CertificateService.class);

    /** By which a node agent of Istio asks in the name of others; nobody may here. */
    private static final String IMPERSONATED = "ImpersonatedIdentity";

    private final CertificateAuthority authority;
    private final Authenticators authenticators;
    private final AuditLog audit;
    private final Refusals refusals;
    private final RateLimit perAddress;
    private final RateLimit perIdentity;

    /**
     * A service to be added to a server.
     *
     * @param authenticators what is worth a certificate
     * @param perAddress taken before a credential is looked at
     * @param perIdentity taken once it is known who asks
     */
    public CertificateService(
            CertificateAuthority authority,
            Authenticators authenticators,
            AuditLog audit,
            RateLimit perAddress,
            RateLimit perIdentity) {
        this.authority = authority;
        this.authenticators = authenticators;
        this.audit = audit;
        this.refusals = new Refusals(audit);
        this.perAddress = perAddress;
        this.perIdentity = perIdentity;
    }

    /** As above, with limits for a mesh of some thousand instances: one address may start a machine full of services. */
    public CertificateService(
            CertificateAuthority authority, Authenticators authenticators, AuditLog audit, Ticker ticker) {
        this(
                authority,
                authenticators,
                audit,
                new RateLimit(200, Duration.ofMillis(50), ticker),
                new RateLimit(100, Duration.ofMillis(500), ticker));
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerInterceptors.intercept(
                new IstioCertificateServiceGrpc.IstioCertificateServiceImplBase() {
                    @Override
                    public void createCertificate(
                            IstioCertificateRequest request, StreamObserver<IstioCertificateResponse> answer) {
                        answer(Objects.requireNonNull(Connection.current()), request, answer);
                    }
                },
                Connection.INTERCEPTOR);
    }

    private void answer(
            Connection connection, IstioCertificateRequest request, StreamObserver<IstioCertificateResponse> answer) {
        Asked asked = new Asked(connection);
        IssuedCertificate issued;
        try {
            issued = grant(asked, request);
            audit.granted(
                    asked.request(),
                    Map.of(
                            "serial",
                            issued.serial(),
                            "expires",
                            issued.expires().toString()),
                    issued.notes());
        } catch (RefusedException e) {
            refuse(asked, e, answer);
            return;
        } catch (IOException | RuntimeException e) {
            log.error("a certificate request could not be decided", e);
            refuse(asked, new RefusedException(Reason.UNAVAILABLE, "the authority cannot decide now"), answer);
            return;
        }
        answer.onNext(IstioCertificateResponse.newBuilder()
                .addAllCertChain(issued.wire())
                .build());
        answer.onCompleted();
    }

    /** What becomes known of a request while it is judged; one thread's. */
    private static final class Asked {
        private final Connection connection;
        private @Nullable Caller caller;

        private Asked(Connection connection) {
            this.connection = connection;
        }

        AuditLog.Request request() {
            Caller known = caller;
            return new AuditLog.Request(
                    connection.address(),
                    known == null ? null : known.method(),
                    known == null ? null : known.identity());
        }
    }

    private IssuedCertificate grant(Asked asked, IstioCertificateRequest request) throws RefusedException, IOException {
        Connection connection = asked.connection;
        if (!perAddress.tryTake(connection.host())) {
            throw new RefusedException(Reason.RATE_LIMITED, "too many requests from this address; wait");
        }
        if (!connection.tls()) {
            throw new RefusedException(Reason.UNAUTHENTICATED, "certificates are given over TLS only");
        }
        Caller caller = authenticators.authenticate(connection.credentials());
        asked.caller = caller;
        if (!perIdentity.tryTake(caller.identity().toString())) {
            throw new RefusedException(Reason.RATE_LIMITED, "too many requests of this identity; wait");
        }
        if (request.getMetadata().containsFields(IMPERSONATED)) {
            throw new RefusedException(
                    Reason.FOREIGN_IDENTITY,
                    "metadata." + IMPERSONATED + ": nobody gets a certificate for another identity than its own");
        }
        SigningRequest signing = SigningRequest.read(request.getCsr());
        Duration wanted = Duration.ofSeconds(request.getValidityDuration());
        authority.validity(wanted);
        caller.redemption().redeem();
        return authority.issue(signing, caller.identity(), wanted);
    }

    private void refuse(Asked asked, RefusedException why, StreamObserver<IstioCertificateResponse> answer) {
        refusals.add(asked.request(), why);
        answer.onError(status(why.reason()).withDescription(why.getMessage()).asRuntimeException());
    }

    private static Status status(Reason reason) {
        return switch (reason) {
            case UNAUTHENTICATED, REPLAYED, EXPIRED -> Status.UNAUTHENTICATED;
            case FOREIGN_IDENTITY -> Status.PERMISSION_DENIED;
            case BAD_REQUEST -> Status.INVALID_ARGUMENT;
            case RATE_LIMITED -> Status.RESOURCE_EXHAUSTED;
            case UNAVAILABLE -> Status.UNAVAILABLE;
        };
    }
}
