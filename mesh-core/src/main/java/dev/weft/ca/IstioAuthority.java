package dev.weft.ca;

import dev.weft.controlplane.ControlPlaneChannel;
import dev.weft.controlplane.FailureWords;
import dev.weft.controlplane.ServerAddress;
import dev.weft.credential.Presented;
import dev.weft.identity.ControlPlaneTrust;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.MeshTls;
import dev.weft.proto.istio.v1.auth.IstioCertificateRequest;
import dev.weft.proto.istio.v1.auth.IstioCertificateResponse;
import dev.weft.proto.istio.v1.auth.IstioCertificateServiceGrpc;
import dev.weft.runtime.Durations;
import dev.weft.runtime.Timer;
import dev.weft.runtime.World;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Istio's certificate service, over TLS. A connection for each call: there are two an hour. After a failure the next address is tried. */
final class IstioAuthority implements Authority {
    /** An authority that takes longer is as good as none; the next attempt may meet another. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Istio's agents ask for a day; a stolen key should be worth less. */
    private static final long VALIDITY_SECONDS = 3600;

    /** A chain and a hundred roots. */
    private static final int MAX_ANSWER = 2 << 20;

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    /** istiod finds the keys for a token by it; this is its name for the cluster it runs in. */
    private static final Metadata.Key<String> CLUSTER_ID =
            Metadata.Key.of("clusterid", Metadata.ASCII_STRING_MARSHALLER);

    private final List<ServerAddress> servers;
    private final IdentitySource own;
    private final World world;
    private final AtomicInteger next = new AtomicInteger();

    /** @param own by which renewals are authenticated, on both sides */
    IstioAuthority(List<ServerAddress> servers, IdentitySource own, World world) {
        this.servers = List.copyOf(servers);
        this.own = own;
        this.world = world;
    }

    @Override
    public CompletionStage<List<String>> certify(String csr, @Nullable Presented credential) {
        ServerAddress server = servers.get(Math.floorMod(next.get(), servers.size()));
        ControlPlaneTrust trust = credential == null
                ? ControlPlaneTrust.of(own, world.ticker())
                : ControlPlaneTrust.of(credential.anchors(), world.ticker());
        ManagedChannel channel = ControlPlaneChannel.secure(
                server, MeshTls.toControlPlane(credential == null ? own : null, trust, world.ticker()));
        Call call = new Call(server);
        Timer.Handle patience = world.timer().schedule(Durations.nanos(PATIENCE), call::tooSlow);
        IstioCertificateServiceGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(credential)))
                .withMaxInboundMessageSize(MAX_ANSWER)
                .createCertificate(
                        IstioCertificateRequest.newBuilder()
                                .setCsr(csr)
                                .setValidityDuration(VALIDITY_SECONDS)
                                .build(),
                        call);
        return call.answer.whenComplete((answer, failure) -> {
            patience.cancel();
            channel.shutdownNow();
            if (failure != null) {
                next.incrementAndGet();
            }
        });
    }

    private static Metadata headers(@Nullable Presented credential) {
        Metadata headers = new Metadata();
        headers.put(CLUSTER_ID, "Kubernetes");
        if (credential != null) {
            headers.put(AUTHORIZATION, "Bearer " + credential.bearer());
        }
        return headers;
    }

    /** One call; on gRPC's threads. */
    private static final class Call
            implements ClientResponseObserver<IstioCertificateRequest, IstioCertificateResponse> {
        final CompletableFuture<List<String>> answer = new CompletableFuture<>();
        private final ServerAddress server;

        private Call(ServerAddress server) {
            this.server = server;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<IstioCertificateRequest> requests) {}

        @Override
        public void onNext(IstioCertificateResponse response) {
            answer.complete(List.copyOf(response.getCertChainList()));
        }

        @Override
        public void onError(Throwable failure) {
            Status status = Status.fromThrowable(failure);
            answer.completeExceptionally(new AuthorityException(kind(status), server + ": " + FailureWords.of(status)));
        }

        @Override
        public void onCompleted() {
            answer.completeExceptionally(
                    new AuthorityException(AuthorityException.Kind.BAD_ANSWER, server + ": ended without an answer"));
        }

        void tooSlow() {
            answer.completeExceptionally(new AuthorityException(
                    AuthorityException.Kind.UNAVAILABLE,
                    server + ": no answer within " + Durations.say(Durations.nanos(PATIENCE))));
        }

        private static AuthorityException.Kind kind(Status status) {
            if (FailureWords.mistrust(status)) {
                return AuthorityException.Kind.UNTRUSTED;
            }
            return switch (status.getCode()) {
                case UNAUTHENTICATED, PERMISSION_DENIED, INVALID_ARGUMENT, FAILED_PRECONDITION ->
                    AuthorityException.Kind.REFUSED;
                default -> AuthorityException.Kind.UNAVAILABLE;
            };
        }
    }
}
