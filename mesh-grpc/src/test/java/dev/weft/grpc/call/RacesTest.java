package dev.weft.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.RetryOn;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Snapshots;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two things at the same time, many times: one end for the caller, all books closed, nobody spoken to twice at once. */
class RacesTest {
    private static final int ROUNDS = 300;

    private final FakeHosts hosts = new FakeHosts();

    private interface Round {
        void run(ClientCall<String, String> call, FakeHosts.Line first) throws Exception;
    }

    private void race(Round left, Round right) throws Exception {
        try (Ride ride = new Ride(
                Snapshots.reviews()
                        .retry(1, null, RetryOn.UNAVAILABLE)
                        .maxRetries(1_000)
                        .at(new InetSocketAddress("127.0.0.1", 1), new InetSocketAddress("127.0.0.1", 2)),
                hosts)) {
            for (int i = 0; i < ROUNDS; i++) {
                hosts.lines.clear();
                Heard heard = new Heard();
                ClientCall<String, String> call = ride.channel.newCall(Words.BIDI, ride.options());
                call.start(heard, new Metadata());
                call.request(1);
                FakeHosts.Line first = hosts.line(1).connected();
                CyclicBarrier gate = new CyclicBarrier(2);
                Future<?> other = ride.executor.submit(() -> {
                    gate.await();
                    right.run(call, first);
                    return null;
                });
                gate.await();
                left.run(call, first);
                other.get();
                // Whatever came first, this ends what is left.
                call.cancel("the round is over", null);
                heard.end();
                assertThat(heard.wrong).isEmpty();
                assertThat(hosts.lines).allMatch(line -> line.wrong.isEmpty());
                assertThat(heard.closes).hasValue(1);
            }
            Eventually.is(
                    "all attempts have ended",
                    () -> ride.mesh.upstreams().stream().allMatch(upstream -> upstream.active() == 0));
        }
    }

    @Test
    void cancelAgainstDeliver() throws Exception {
        race((call, line) -> call.cancel("changed his mind", null), (call, line) -> {
            line.headers();
            line.message("answer");
            line.end(Status.OK);
        });
    }

    @Test
    void sendAgainstRetry() throws Exception {
        race(
                (call, line) -> {
                    for (int i = 0; i < 20; i++) {
                        call.sendMessage(String.valueOf(i));
                    }
                    FakeHosts.Line second = hosts.line(2);
                    Eventually.is("sent again whole", () -> second.sent.size() == 20);
                    for (int i = 0; i < 20; i++) {
                        assertThat(second.sent.get(i)).isEqualTo(String.valueOf(i));
                    }
                },
                (call, line) -> line.end(Status.UNAVAILABLE));
    }

    @Test
    void cancelAgainstRetry() throws Exception {
        race((call, line) -> call.cancel("changed his mind", null), (call, line) -> line.end(Status.UNAVAILABLE));
    }

    @Test
    void halfCloseAgainstTheEnd() throws Exception {
        race((call, line) -> call.halfClose(), (call, line) -> {
            line.headers();
            line.end(Status.OK);
        });
    }
}
