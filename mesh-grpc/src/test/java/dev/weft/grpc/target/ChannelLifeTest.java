package dev.weft.grpc.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.http.kit.Eventually;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChannelLifeTest {

    @Test
    void aHostThatComesBackIsUsedByTheNextCall() throws Exception {
        // Held until the host is back, so that nobody else takes it.
        try (SocketChannel holder = SocketChannel.open().setOption(StandardSocketOptions.SO_REUSEADDR, true)) {
            holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) holder.getLocalAddress()).getPort();
            try (Party party = new Party(Party.at(port))) {
                ManagedChannel channel = party.channel("mesh:///reviews:9080");
                for (int i = 0; i < 3; i++) {
                    assertThat(Party.call(channel)).startsWith("UNAVAILABLE").contains("refused");
                }
                becomes(channel, ConnectivityState.TRANSIENT_FAILURE);
                try (EchoServer back = new EchoServer("back", port)) {
                    assertThat(Party.call(channel)).isEqualTo("back as reviews:9080");
                    becomes(channel, ConnectivityState.READY);
                    assertThat(back.connections).hasValue(1);
                }
            }
        }
    }

    private static void becomes(ManagedChannel channel, ConnectivityState state) {
        Eventually.is("the channel is " + state, () -> channel.getState(false) == state);
    }

    @Test
    void callsOnAHostThatLeavesEndAsTheyWouldHave() throws Exception {
        try (EchoServer old = new EchoServer("old");
                EchoServer next = new EchoServer("next");
                Party party = Party.with(old)) {
            ManagedChannel channel = party.channel("mesh:///reviews:9080");
            old.holds.set(true);
            Future<String> underway = Party.begin(channel);
            Eventually.is("it has arrived", () -> !old.held.isEmpty());
            party.source.set(Party.reviews(next));
            assertThat(Party.call(channel)).isEqualTo("next as reviews:9080");
            old.held.forEach(Runnable::run);
            assertThat(underway.get(20, TimeUnit.SECONDS)).isEqualTo("old as reviews:9080");
        }
    }

    @Test
    void manyCallsAtOnceShareOneConnectionPerHost() throws Exception {
        try (Party party = Party.with(new EchoServer("one"), new EchoServer("two"), new EchoServer("three"))) {
            ManagedChannel channel = party.channel("mesh:///reviews:9080");
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                calls.add(Party.begin(channel));
            }
            for (Future<String> call : calls) {
                assertThat(call.get(20, TimeUnit.SECONDS)).endsWith(" as reviews:9080");
            }
            assertThat(party.servers())
                    .allSatisfy(server -> assertThat(server.connections).hasValue(1));
        }
    }

    @Test
    void anIdleChannelWakesWithTheNextCall() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            ManagedChannel channel = party.channel("mesh:///reviews:9080");
            assertThat(Party.call(channel)).isEqualTo("one as reviews:9080");
            channel.enterIdle();
            becomes(channel, ConnectivityState.IDLE);
            assertThat(Party.call(channel)).isEqualTo("one as reviews:9080");
            becomes(channel, ConnectivityState.READY);
        }
    }

    @Test
    void shutdownLetsCallsEndAndTakesNoMore() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            EchoServer server = party.servers().get(0);
            ManagedChannel channel = party.channel("mesh:///reviews:9080");
            server.holds.set(true);
            Future<String> underway = Party.begin(channel);
            Eventually.is("it has arrived", () -> !server.held.isEmpty());
            channel.shutdown();
            int before = party.observer.attempts.size();
            assertThat(Party.call(channel)).startsWith("UNAVAILABLE").contains("shutdown");
            assertThat(channel.isTerminated()).isFalse();
            server.held.forEach(Runnable::run);
            assertThat(underway.get(20, TimeUnit.SECONDS)).isEqualTo("one as reviews:9080");
            assertThat(channel.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            assertThat(party.observer.attempts.size() - before).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void shutdownNowEndsCallsAndConnections() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            EchoServer server = party.servers().get(0);
            ManagedChannel channel = party.channel("mesh:///reviews:9080");
            server.holds.set(true);
            Future<String> underway = Party.begin(channel);
            Eventually.is("it has arrived", () -> !server.held.isEmpty());
            channel.shutdownNow();
            assertThatThrownBy(() -> underway.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("UNAVAILABLE");
            assertThat(channel.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            Eventually.is("nothing is left of it", () -> party.mesh.outbound().active() == 0);
        }
    }

    @Test
    void aChannelOutlivesItsMeshAndItsCallsSayThatTheMeshIsClosed() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            ManagedChannel channel = party.channel("mesh:///reviews:9080");
            ManagedChannel unused = party.channel("mesh:///reviews:9080");
            assertThat(Party.call(channel)).isEqualTo("one as reviews:9080");
            party.mesh.close();
            for (ManagedChannel open : new ManagedChannel[] {channel, unused}) {
                assertThat(Party.call(open)).startsWith("UNAVAILABLE").contains("closed");
                open.shutdown();
                assertThat(open.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void channelsOfOneMeshHaveNothingToDoWithEachOther() throws Exception {
        try (Party party = Party.with(new EchoServer("one"))) {
            ManagedChannel first = party.channel("mesh:///reviews:9080");
            ManagedChannel second = party.channel("mesh:///reviews:9080");
            assertThat(Party.call(first)).isEqualTo("one as reviews:9080");
            assertThat(Party.call(second)).isEqualTo("one as reviews:9080");
            first.shutdownNow();
            assertThat(Party.call(second)).isEqualTo("one as reviews:9080");
        }
    }
}
