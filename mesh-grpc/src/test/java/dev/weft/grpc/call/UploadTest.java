package dev.weft.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.RetryOn;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Snapshots;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** What an attempt is sent that comes later than others. */
class UploadTest {
    private static final InetSocketAddress ONE = new InetSocketAddress("127.0.0.1", 1);
    private static final InetSocketAddress OTHER = new InetSocketAddress("127.0.0.1", 2);

    private final FakeHosts hosts = new FakeHosts();
    private final Heard heard = new Heard();

    private Ride ride(int retries) {
        return new Ride(
                Snapshots.reviews().retry(retries, null, RetryOn.UNAVAILABLE).at(ONE, OTHER), hosts);
    }

    private ClientCall<String, String> begin(Ride ride) {
        ClientCall<String, String> call = ride.channel.newCall(Words.BIDI, ride.options());
        call.start(heard, new Metadata());
        call.request(10);
        return call;
    }

    private void end(ClientCall<String, String> call) {
        call.cancel("the test is over", null);
        heard.end();
    }

    @Test
    void retryIsSentEverythingFromTheBeginningAndThenWhatComes() {
        try (Ride ride = ride(1)) {
            ClientCall<String, String> call = begin(ride);
            call.sendMessage("a");
            call.sendMessage("b");
            hosts.line(1).connected().end(Status.UNAVAILABLE);
            FakeHosts.Line second = hosts.line(2).connected();
            Eventually.is("replayed", () -> second.sent.size() == 2);
            call.sendMessage("c");
            call.halfClose();
            assertThat(second.sent).containsExactly("a", "b", "c", "/");
            assertThat(second.headers.get(Words.key("grpc-previous-rpc-attempts")))
                    .isEqualTo("1");
            second.headers();
            second.message("answer");
            second.end(Status.OK);
            assertThat(heard.end()).isEqualTo(Status.OK);
            assertThat(heard.messages).containsExactly("answer");
        }
    }

    @Test
    void whatIsTooMuchToKeepIsSentOnceAndNotAgain() {
        try (Ride ride = ride(1)) {
            ClientCall<String, String> call = begin(ride);
            call.sendMessage("x".repeat((int) ReplayMemory.PER_CALL));
            call.sendMessage("last");
            assertThat(hosts.line(1).sent).hasSize(2);
            hosts.line(1).connected().end(Status.UNAVAILABLE);
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(hosts.lines).hasSize(1);
            assertThat(ride.interceptor.memory.held()).isZero();
        }
    }

    @Test
    void memoryOfAChannelIsGivenBackWhenTheAnswerComes() {
        try (Ride ride = ride(1)) {
            ClientCall<String, String> call = begin(ride);
            call.sendMessage("x".repeat(100_000));
            assertThat(ride.interceptor.memory.held()).isGreaterThanOrEqualTo(100_000);
            hosts.line(1).connected().headers();
            Eventually.is("given back", () -> ride.interceptor.memory.held() == 0);
            end(call);
        }
    }

    @Test
    void channelWithFullMemoryKeepsNoMore() {
        ReplayMemory memory = new ReplayMemory();
        long full = 0;
        for (long at = 0; at < ReplayMemory.PER_CHANNEL; at += ReplayMemory.PER_CALL) {
            full += memory.grow(0, ReplayMemory.PER_CALL);
        }
        assertThat(full).isEqualTo(ReplayMemory.PER_CHANNEL);
        assertThat(memory.grow(0, 100_000)).isNegative();
        assertThat(memory.grow(0, 100)).isZero();
        memory.release(ReplayMemory.PER_CALL);
        assertThat(memory.grow(0, 100_000)).isEqualTo(100_000);
    }

    @Test
    void callerHearsThatTheRetryHasRoom() {
        try (Ride ride = ride(1)) {
            hosts.started = line -> line.ready = false;
            ClientCall<String, String> call = begin(ride);
            assertThat(call.isReady()).isFalse();
            hosts.line(1).connected().becomeReady();
            Eventually.is("told once", () -> heard.readies.get() == 1);
            assertThat(call.isReady()).isTrue();
            hosts.line(1).end(Status.UNAVAILABLE);
            FakeHosts.Line second = hosts.line(2);
            Eventually.is("full again", () -> !call.isReady());
            second.becomeReady();
            Eventually.is("told again", () -> heard.readies.get() == 2);
            end(call);
        }
    }

    @Test
    void readerIsNotOvertakenByTheServer() {
        try (Ride ride = ride(1)) {
            ClientCall<String, String> call = ride.channel.newCall(Words.SERVER, ride.options());
            call.start(heard, new Metadata());
            call.request(3);
            assertThat(hosts.line(1).requested()).isZero();
            hosts.line(1).connected().headers();
            Eventually.is(
                    "asked for what the caller asked for", () -> hosts.line(1).requested() == 3);
            call.request(2);
            Eventually.is("asked for more", () -> hosts.line(1).requested() == 5);
            end(call);
        }
    }

    @Test
    void answerOfAUnaryCallIsFetchedAtOnceAndHandedOverWhenItIsAskedFor() {
        try (Ride ride = ride(1)) {
            ClientCall<String, String> call = ride.channel.newCall(Words.UNARY, ride.options());
            call.start(heard, new Metadata());
            FakeHosts.Line line = hosts.line(1).connected();
            Eventually.is("fetched", () -> line.requested() == 2);
            line.headers();
            line.message("answer");
            line.end(Status.OK);
            Eventually.is("the books are closed", () -> ride.observer.calls.size() == 1);
            assertThat(heard.messages).isEmpty();
            assertThat(heard.closes).hasValue(0);
            call.request(2);
            assertThat(heard.end()).isEqualTo(Status.OK);
            assertThat(heard.messages).containsExactly("answer");
        }
    }

    @Test
    void messageThatCannotBeWrittenEndsTheCallWithoutRetry() {
        try (Stop stop = new Stop(Scripts.silent());
                Ride real = new Ride(
                        Snapshots.reviews().retry(2, null, RetryOn.RESET).at(stop.address()))) {
            ClientCall<String, String> call = real.channel.newCall(Words.BIDI, real.options());
            call.start(heard, new Metadata());
            call.sendMessage("cannot be written");
            Status status = heard.end();
            assertThat(status.getCode()).isEqualTo(Status.Code.CANCELLED);
            assertThat(status.getCause()).hasMessage("cannot be written");
            assertThat(stop.heads.size()).isLessThanOrEqualTo(1);
        }
    }
}
