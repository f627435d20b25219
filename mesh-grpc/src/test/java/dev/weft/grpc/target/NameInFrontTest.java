package dev.weft.grpc.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.http.kit.Eventually;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Builders that were wrapped for names which DNS resolves as well. */
class NameInFrontTest {

    @Test
    void namesOfTheMeshAreNotAskedOfDns() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            // DNS knows no reviews.
            for (String target : new String[] {"dns:///reviews:9080", "reviews:9080"}) {
                assertThat(Party.call(party.channel(target))).isEqualTo("one as reviews:9080");
            }
            assertThat(Party.call(party.channel(party.mesh.wrap(
                            NettyChannelBuilder.forAddress("reviews", 9080).usePlaintext()))))
                    .isEqualTo("one as reviews:9080");
        }
    }

    @Test
    void targetsThatNothingResolvesAreRefusedInGrpcsOwnWords() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            assertThatThrownBy(() -> party.channel("DNS:///reviews:9080"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("DNS:///reviews:9080");
        }
    }

    @Test
    void otherNamesPassTheMeshUnseen() throws Exception {
        try (Party party = Party.with(new EchoServer("one"));
                EchoServer outside = new EchoServer("outside")) {
            String name = "localhost:" + outside.address().getPort();
            assertThat(Party.call(party.channel(name))).isEqualTo("outside as " + name);
            assertThat(party.observer.attempts).isEmpty();
        }
    }

    @Test
    void aNameIsTakenWhenItBecomesTheMeshsAndGivenBackWhenItIsNoMore() throws Exception {
        try (EchoServer dns = new EchoServer("dns");
                EchoServer meshed = new EchoServer("meshed");
                Party party = new Party(Party.nothing())) {
            int port = dns.address().getPort();
            ManagedChannel channel = party.channel("localhost:" + port);
            assertThat(Party.call(channel)).isEqualTo("dns as localhost:" + port);

            dns.holds.set(true);
            Future<String> underway = Party.begin(channel);
            Eventually.is("it has arrived", () -> !dns.held.isEmpty());
            party.source.set(Party.named("localhost", port, meshed));
            Party.soon(channel, "meshed as localhost:" + port);
            dns.held.forEach(Runnable::run);
            assertThat(underway.get(20, TimeUnit.SECONDS)).isEqualTo("dns as localhost:" + port);

            party.source.set(Party.nothing());
            Party.soon(channel, "dns as localhost:" + port);
        }
    }

    @Test
    void callsWaitForTheFirstConfigurationAsForDns() throws Exception {
        try (EchoServer meshed = new EchoServer("meshed");
                EchoServer dns = new EchoServer("dns")) {
            Late source = new Late();
            int port = dns.address().getPort();
            try (Party party = new Party(source)) {
                Future<String> ours = Party.begin(party.channel("reviews:9080"));
                Future<String> foreign = Party.begin(party.channel("localhost:" + port));
                Future<String> named = Party.begin(party.channel("mesh:///reviews:9080"));
                source.deliver(Party.reviews(meshed));
                assertThat(ours.get(20, TimeUnit.SECONDS)).isEqualTo("meshed as reviews:9080");
                assertThat(named.get(20, TimeUnit.SECONDS)).isEqualTo("meshed as reviews:9080");
                assertThat(foreign.get(20, TimeUnit.SECONDS)).isEqualTo("dns as localhost:" + port);
            }
        }
    }

    @Test
    void whoWasToldToEncryptIsNotGivenPlaintext() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            NettyChannelBuilder encrypting = party.mesh.wrap(NettyChannelBuilder.forTarget("reviews:9080"));
            assertThat(Party.call(party.channel(encrypting)))
                    .startsWith("UNAVAILABLE")
                    .contains("https was demanded");
        }
    }

    private static final class Late implements SnapshotSource {
        private @Nullable Consumer<MeshSnapshot> listener;

        @Override
        public void subscribe(Consumer<MeshSnapshot> hears) {
            listener = hears;
        }

        void deliver(MeshSnapshot snapshot) {
            if (listener != null) {
                listener.accept(snapshot);
            }
        }

        @Override
        public void request(dev.weft.config.VirtualHost host) {}
    }
}
