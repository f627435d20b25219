package dev.weft.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.RetryOn;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Snapshots;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two attempts of one call at the same time. */
class HedgesTest {
    private static final Duration PER_TRY = Duration.ofSeconds(1);

    private final ManualWorld world = World.manual();
    private final FakeHosts hosts = new FakeHosts();

    private Ride ride() {
        return new Ride(
                Snapshots.reviews()
                        .retry(1, PER_TRY, RetryOn.UNAVAILABLE)
                        .maxRetries(1_000)
                        .hedged()
                        .at(new InetSocketAddress("127.0.0.1", 1), new InetSocketAddress("127.0.0.1", 2)),
                world.world(),
                hosts);
    }

    private ClientCall<String, String> begin(Ride ride, Heard heard) {
        ClientCall<String, String> call = ride.channel.newCall(Words.SERVER, ride.options());
        call.start(heard, new Metadata());
        call.request(5);
        call.sendMessage("hello");
        call.halfClose();
        return call;
    }

    @Test
    void otherAttemptIsSentTheSameAndTheFirstGoodAnswerIsTheCallers() {
        Heard heard = new Heard();
        try (Ride ride = ride()) {
            begin(ride, heard);
            FakeHosts.Line slow = hosts.line(1).connected();
            world.advance(PER_TRY);
            FakeHosts.Line quick = hosts.line(2).connected();
            Eventually.is("sent again", () -> quick.sent.size() == 2);
            assertThat(slow.cancelled).isFalse();
            assertThat(slow.requested() + quick.requested()).isZero();
            quick.headers();
            Eventually.is("the other one is stopped", () -> slow.cancelled);
            Eventually.is("asked for", () -> quick.requested() == 5);
            assertThat(slow.requested()).isZero();
            quick.message("quick");
            quick.end(Status.OK);
            assertThat(heard.end()).isEqualTo(Status.OK);
            assertThat(heard.messages).containsExactly("quick");
            Eventually.is("both in the books", () -> ride.observer.attempts.size() == 2);
        }
    }

    @Test
    void firstOneMayStillWin() {
        Heard heard = new Heard();
        try (Ride ride = ride()) {
            ClientCall<String, String> call = begin(ride, heard);
            FakeHosts.Line first = hosts.line(1).connected();
            world.advance(PER_TRY);
            FakeHosts.Line second = hosts.line(2).connected();
            first.headers();
            Eventually.is("the other one is stopped", () -> second.cancelled);
            call.request(2);
            Eventually.is("asked for", () -> first.requested() == 7);
            first.end(Status.OK);
            assertThat(heard.end()).isEqualTo(Status.OK);
        }
    }

    @Test
    void twoAnswersAtTheSameTimeAreOneToTheCaller() throws Exception {
        try (Ride ride = ride()) {
            for (int i = 0; i < 200; i++) {
                hosts.lines.clear();
                Heard heard = new Heard();
                begin(ride, heard);
                FakeHosts.Line first = hosts.line(1).connected();
                world.advance(PER_TRY);
                FakeHosts.Line second = hosts.line(2).connected();
                CyclicBarrier gate = new CyclicBarrier(2);
                Future<?> other = ride.executor.submit(() -> {
                    gate.await();
                    second.headers();
                    second.end(Status.OK);
                    return null;
                });
                gate.await();
                first.headers();
                first.end(Status.OK);
                other.get();
                assertThat(heard.end()).isEqualTo(Status.OK);
                assertThat(heard.closes).hasValue(1);
                assertThat(first.wrong).isEmpty();
                assertThat(second.wrong).isEmpty();
            }
            Eventually.is(
                    "all attempts have ended",
                    () -> ride.mesh.upstreams().stream().allMatch(upstream -> upstream.active() == 0));
        }
    }
}
