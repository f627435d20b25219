package dev.weft.grpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.config.TlsMode;
import dev.weft.http.guard.Rules;
import dev.weft.http.kit.Eventually;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What probes and gRPC's own health checks hear. */
final class HealthServiceTest {
    private final GuardedSite site = new GuardedSite(Rules.snapshot(TlsMode.PERMISSIVE));

    @AfterEach
    void end() {
        site.close();
    }

    private ServingStatus check(String service) {
        return HealthGrpc.newBlockingStub(site.channel())
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }

    @Test
    void probesHearWhatTheRegistryIsTold() throws Exception {
        site.guarded();

        assertThat(check("")).isEqualTo(ServingStatus.SERVING);
        assertThat(check("test.Public")).isEqualTo(ServingStatus.SERVING);
        assertThatThrownBy(() -> check("test.Nothing")).hasMessageContaining("NOT_FOUND: unknown service test.Nothing");
        site.mesh.health().down("database unreachable");
        assertThat(check("")).isEqualTo(ServingStatus.NOT_SERVING);
        site.mesh.health().up();
        assertThat(check("")).isEqualTo(ServingStatus.SERVING);
        site.mesh.drain(Duration.ZERO);
        assertThat(check("")).isEqualTo(ServingStatus.NOT_SERVING);
    }

    @Test
    void whoWatchesIsToldOfChangesAndDoesNotKeepTheServer() throws Exception {
        site.guarded();
        List<Object> told = new CopyOnWriteArrayList<>();
        HealthGrpc.newStub(site.channel()).watch(HealthCheckRequest.getDefaultInstance(), new StreamObserver<>() {
            @Override
            public void onNext(HealthCheckResponse value) {
                told.add(value.getStatus());
            }

            @Override
            public void onError(Throwable t) {
                told.add(Status.fromThrowable(t).getCode());
            }

            @Override
            public void onCompleted() {}
        });
        Eventually.is("up", () -> told.size() == 1);
        site.mesh.health().down("database unreachable");
        Eventually.is("down", () -> told.size() == 2);
        site.mesh.health().down("disk full");
        site.mesh.health().up();
        Eventually.is("up again", () -> told.size() == 3);
        site.server().shutdown();

        assertThat(site.server().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        Eventually.is("the end", () -> told.size() == 5);
        assertThat(told)
                .containsExactly(
                        ServingStatus.SERVING,
                        ServingStatus.NOT_SERVING,
                        ServingStatus.SERVING,
                        ServingStatus.NOT_SERVING,
                        Status.Code.UNAVAILABLE);
    }

    @Test
    void aHealthServiceOfTheApplicationIsTheOneThatIsAsked() throws Exception {
        ServerGuard.guard(site.mesh, site.builder);
        HealthStatusManager own = new HealthStatusManager();
        own.setStatus("mine", ServingStatus.NOT_SERVING);
        site.builder.addService(own.getHealthService());
        site.start();

        assertThat(check("mine")).isEqualTo(ServingStatus.NOT_SERVING);
    }

    @Test
    void whatAnApplicationsOwnHealthServiceSaysOfTheServerTheRegistryHears() throws Exception {
        HealthStatusManager own = new HealthStatusManager();
        site.builder.addService(own.getHealthService());
        site.guarded();
        ServerGuard.started(site.server());

        assertThat(site.mesh.health().reason()).isEmpty();
        own.setStatus("", ServingStatus.NOT_SERVING);
        assertThat(site.mesh.health().reason()).contains("its gRPC health service says NOT_SERVING");
        own.setStatus("", ServingStatus.SERVING);
        assertThat(site.mesh.health().reason()).isEmpty();
        own.enterTerminalState();
        assertThat(site.mesh.health().serving()).isFalse();
        site.server().shutdown();
        Eventually.is("forgotten", () -> site.mesh.health().serving());
    }

    @Test
    void whereSomebodyElseTellsTheRegistryItIsNotWatched() throws Exception {
        HealthStatusManager own = new HealthStatusManager();
        own.setStatus("", ServingStatus.NOT_SERVING);
        site.builder.addService(own.getHealthService());
        ServerGuard.guard(site.mesh, site.builder);
        ServerGuard.healthElsewhere(site.builder);
        site.start();
        ServerGuard.started(site.server());

        assertThat(site.mesh.health().serving()).isTrue();
        assertThat(check("")).isEqualTo(ServingStatus.NOT_SERVING);
    }
}
