package dev.weft.grpc.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Snapshots;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls that wait in the engine, and what becomes of their channel meanwhile: as of gRPC's own that wait. */
class WaitingCallsTest {
    private static final String TARGET = "mesh:///reviews:9080";

    private static Future<String> patient(ManagedChannel channel) {
        return ClientCalls.futureUnaryCall(
                channel.newCall(EchoServer.ECHO, CallOptions.DEFAULT.withWaitForReady()), "hello");
    }

    private static void endsWith(Future<String> call, String words) {
        assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining(words);
    }

    private static void isTerminated(Party party, ManagedChannel channel) throws InterruptedException {
        assertThat(channel.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        Eventually.is("nothing is left of it", () -> party.mesh.outbound().active() == 0);
    }

    @Test
    void shutdownNowEndsThoseThatWaitForAHost() throws Exception {
        try (Party party = new Party(Party.reviews())) {
            ManagedChannel channel = party.channel(TARGET);
            Future<String> first = patient(channel);
            Future<String> second = patient(channel);
            channel.shutdownNow();
            endsWith(first, "UNAVAILABLE: Channel shutdownNow invoked");
            endsWith(second, "UNAVAILABLE: Channel shutdownNow invoked");
            isTerminated(party, channel);
        }
    }

    @Test
    void shutdownNowEndsThoseThatWaitForTheirBackOff() throws Exception {
        try (Party party = new Party(Party.at(1))) {
            ManagedChannel channel = party.channel(TARGET);
            Future<String> call = patient(channel);
            Eventually.is("it was tried", () -> !party.observer.attempts.isEmpty());
            channel.shutdownNow();
            endsWith(call, "UNAVAILABLE: Channel shutdown");
            isTerminated(party, channel);
        }
    }

    @Test
    void shutdownNowEndsThoseThatAreDelayed() throws Exception {
        try (EchoServer one = new EchoServer("one");
                Party party =
                        new Party(Snapshots.reviews().delay(Duration.ofHours(1)).at(one.address()))) {
            ManagedChannel channel = party.channel(TARGET);
            Future<String> call = Party.begin(channel);
            channel.shutdownNow();
            endsWith(call, "UNAVAILABLE: Channel shutdownNow invoked");
            isTerminated(party, channel);
        }
    }

    @Test
    void shutdownLetsThemGoOn() throws Exception {
        for (String target : new String[] {TARGET, "dns:///reviews:9080"}) {
            try (EchoServer one = new EchoServer("one");
                    Party party = new Party(Party.reviews())) {
                ManagedChannel channel = party.channel(target);
                Future<String> first = patient(channel);
                Future<String> second = patient(channel);
                channel.shutdown();
                endsWith(patient(channel), "UNAVAILABLE: Channel shutdown invoked");
                assertThat(channel.isTerminated()).isFalse();
                party.source.set(Party.reviews(one));
                assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("one as reviews:9080");
                assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("one as reviews:9080");
                isTerminated(party, channel);
                assertThat(one.connections).hasValue(1);
            }
        }
    }

    @Test
    void shutdownLetsThemFindOutThatTheirHostIsGone() throws Exception {
        try (Party party =
                new Party(Snapshots.reviews().delay(Duration.ofMillis(50)).at(new InetSocketAddress("127.0.0.1", 1)))) {
            ManagedChannel channel = party.channel(TARGET);
            Future<String> call = Party.begin(channel);
            channel.shutdown();
            endsWith(call, "no connection (UF)");
            isTerminated(party, channel);
        }
    }

    @Test
    void anIdleChannelIsNoChannelThatWasShutDown() throws Exception {
        try (EchoServer one = new EchoServer("one");
                Party party = new Party(Party.reviews())) {
            ManagedChannel channel = party.channel(TARGET);
            Future<String> call = patient(channel);
            channel.enterIdle();
            party.source.set(Party.reviews(one));
            assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("one as reviews:9080");
            channel.shutdown();
            isTerminated(party, channel);
        }
    }

    @Test
    void nothingOfThemReachesAServerThatTheNameMeansOtherwise() throws Exception {
        try (EchoServer dns = new EchoServer("dns");
                EchoServer meshed = new EchoServer("meshed");
                Party party = new Party(Party.named("localhost", 1, meshed))) {
            int port = dns.address().getPort();
            party.source.set(Party.named("localhost", port));
            ManagedChannel channel = party.channel("localhost:" + port);
            Future<String> call = patient(channel);
            party.source.set(Party.nothing());
            Party.soon(channel, "dns as localhost:" + port);
            party.source.set(Party.named("localhost", port, meshed));
            Party.soon(channel, "meshed as localhost:" + port);
            call.cancel(true);
            assertThat(dns.strangers).hasValue(0);
        }
    }
}
