package dev.weft.spring.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;

class SwitchedOffTest {
    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Echo.class).withPropertyValues(Echo.SETTINGS);

    @Test
    void withoutInboundAServerIsLeftAsItIsAndStillAPortOfTheService() {
        application.withPropertyValues("mesh.inbound.enabled=false").run(context -> {
            int port = context.getBean(GrpcServerLifecycle.class).getPort();

            // STRICT would refuse it.
            assertThat(direct(context, port).say("hello")).isEqualTo("hello from who knows");
            assertThat(context.getBean(Mesh.class).servicePort(port)).isEqualTo(9080);
        });
    }

    @Test
    void withoutOutboundChannelsAreLeftAsTheyAre() {
        application.withPropertyValues("mesh.outbound.grpc=false").run(context -> {
            assertThat(context).doesNotHaveBean("meshGrpcChannels").doesNotHaveBean("meshOfTargets");
            assertThat(Mesh.global()).isNotPresent();
        });
    }

    private static EchoGrpc.EchoBlockingStub direct(ApplicationContext context, int port) {
        String target = "static://127.0.0.1:" + port;
        return EchoGrpc.newBlockingStub(
                context.getBean(GrpcChannelFactory.class).createChannel(target));
    }
}
