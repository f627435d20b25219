package dev.weft.grpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.config.TlsMode;
import dev.weft.http.guard.Rules;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import org.junit.jupiter.api.Test;

/** Transports without wires and ports. */
final class OtherTransportsTest {

    @Test
    void callsInTheProcessAreJudgedAndReportedToo() throws Exception {
        try (GuardedSite site =
                new GuardedSite(Rules.snapshot(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/test.Admin/"))))) {
            InProcessServerBuilder builder =
                    site.mesh.guard(InProcessServerBuilder.forName("guarded").directExecutor());
            site.handlers.services().forEach(builder::addService);
            Server server = builder.build().start();
            ManagedChannel channel =
                    InProcessChannelBuilder.forName("guarded").directExecutor().build();
            try {
                assertThat(ClientCalls.blockingUnaryCall(channel, Texts.UNARY, CallOptions.DEFAULT, "x"))
                        .isEqualTo("echo x");
                assertThat(site.report().grpcStatus()).isZero();
                assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(channel, Texts.ADMIN, CallOptions.DEFAULT, "x"))
                        .hasMessage("PERMISSION_DENIED: RBAC: access denied");
                assertThat(site.report().grpcStatus()).isEqualTo(7);
                assertThat(site.handlers.reached).containsExactly("test.Public/Unary");
            } finally {
                channel.shutdownNow();
                server.shutdownNow();
            }
        }
    }
}
