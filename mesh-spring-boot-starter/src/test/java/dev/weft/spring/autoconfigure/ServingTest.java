package dev.weft.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.MeshState;
import dev.weft.engine.InboundExchange;
import dev.weft.http.kit.Eventually;
import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From a server that starts to one that has gone, with the management server on a port of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServingTest {
    private static final List<String> HEARD = new CopyOnWriteArrayList<>();
    private static final List<Integer> MANAGEMENT = new CopyOnWriteArrayList<>();
    private static final RequestHead HEAD = new RequestHead("GET", "http", "shop:9080", "/", Headers.of(Map.of()));

    private static ConfigurableApplicationContext context;
    private static Mesh mesh;

    @Configuration(proxyBeanMethods = false)
    static class Witnesses {

        @Bean
        ApplicationRunner beforeTraffic(Mesh mesh) {
            return arguments -> HEARD.add("runner: " + mesh.health().reason().orElse("up"));
        }

        @Bean
        ApplicationListener<WebServerInitializedEvent> management() {
            return event -> {
                if ("management".equals(event.getApplicationContext().getServerNamespace())) {
                    MANAGEMENT.add(event.getWebServer().getPort());
                }
            };
        }

        /** Where Boot begins its graceful shutdown. */
        @Bean
        SmartLifecycle graceful(Mesh mesh) {
            return new SmartLifecycle() {
                @Override
                public void start() {}

                @Override
                public void stop() {
                    HEARD.add("graceful shutdown: " + mesh.state() + ", "
                            + mesh.inbound().active() + " in flight");
                }

                @Override
                public boolean isRunning() {
                    return true;
                }

                @Override
                public int getPhase() {
                    return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
                }
            };
        }
    }

    @BeforeAll
    static void start() {
        context = App.run(Witnesses.class, "mesh.ports.http=9080", "management.server.port=0");
        mesh = context.getBean(Mesh.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    @Order(1)
    void nobodyIsToldOfItBeforeItAcceptsTraffic() {
        assertThat(HEARD).containsExactly("runner: starting");
        assertThat(mesh.health().reason()).isEmpty();
    }

    @Test
    @Order(2)
    void theRandomPortOfTheServerIsTheDeclaredOneAndTheManagementPortIsNone() {
        int bound = ((WebServerApplicationContext) context).getWebServer().getPort();
        assertThat(mesh.servicePort(bound)).isEqualTo(9080);
        assertThat(MANAGEMENT).hasSize(1).doesNotContain(bound);
        assertThat(mesh.servicePort(MANAGEMENT.get(0))).isEqualTo(MANAGEMENT.get(0));
    }

    @Test
    @Order(3)
    void whileItRefusesTrafficOrIsBrokenTheRegistryHearsOfIt() {
        AvailabilityChangeEvent.publish(context, "cache is cold", ReadinessState.REFUSING_TRAFFIC);
        AvailabilityChangeEvent.publish(context, LivenessState.BROKEN);
        assertThat(mesh.health().reason()).contains("BROKEN; REFUSING_TRAFFIC, cache is cold");
        AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
        AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        assertThat(mesh.health().reason()).isEmpty();
    }

    @Test
    @Order(4)
    void aContextThatIsStoppedAndStartedAgainIsBack() {
        context.stop();
        assertThat(mesh.health().reason()).contains("stopped");
        context.start();
        assertThat(mesh.health().reason()).isEmpty();
        assertThat(mesh.state()).isEqualTo(MeshState.READY);
    }

    @Test
    @Order(5)
    void itLeavesAndEndsWhatIsInFlightBeforeTheServerRefusesAnybody() {
        HEARD.clear();
        InboundExchange request = mesh.inbound().begin(HEAD);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(context::close);
        Eventually.is("draining", () -> mesh.state() == MeshState.DRAINING);
        assertThat(HEARD).isEmpty();

        request.finished(200);
        closed.join();
        assertThat(HEARD).containsExactly("graceful shutdown: DRAINING, 0 in flight");
        assertThat(mesh.state()).isEqualTo(MeshState.CLOSED);
        context.close();
    }
}
