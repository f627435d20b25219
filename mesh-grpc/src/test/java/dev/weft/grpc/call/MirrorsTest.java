package dev.weft.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.engine.Attempt;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Snapshots;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirrorsTest {
    private static final InetSocketAddress ONE = new InetSocketAddress("127.0.0.1", 1);
    private static final InetSocketAddress SHADOW = new InetSocketAddress("127.0.0.1", 9);

    private final FakeHosts hosts = new FakeHosts();
    private final Heard heard = new Heard();

    private Ride ride() {
        return new Ride(Snapshots.reviews().mirror(SHADOW).at(ONE), hosts);
    }

    private ClientCall<String, String> begin(Ride ride, MethodDescriptor<String, String> method) {
        ClientCall<String, String> call = ride.channel.newCall(method, ride.options());
        call.start(heard, new Metadata());
        call.request(2);
        return call;
    }

    private FakeHosts.Line copy() {
        return hosts.line(1).attempt.kind() == Attempt.Kind.MIRROR ? hosts.line(1) : hosts.line(2);
    }

    private FakeHosts.Line primary() {
        return hosts.line(1).attempt.kind() == Attempt.Kind.MIRROR ? hosts.line(2) : hosts.line(1);
    }

    @Test
    void copyOfAUnaryCallOutlivesTheCallOfABlockedCaller() {
        try (Stop stop = new Stop(Scripts.answering(m -> "re: " + m));
                Stop shadow = new Stop(Scripts.silent());
                Ride real =
                        new Ride(Snapshots.reviews().mirror(shadow.address()).at(stop.address()))) {
            assertThat(ClientCalls.blockingUnaryCall(real.channel, Words.UNARY, real.options(), "hello"))
                    .isEqualTo("re: hello");
            Eventually.is("copied", () -> shadow.calls.size() == 1);
            shadow.calls.get(0).close(Status.INTERNAL, new Metadata());
            Eventually.is(
                    "the copy's books are closed",
                    () -> real.mesh.upstreams().stream().allMatch(upstream -> upstream.active() == 0));
            Eventually.is("heard of", () -> real.observer.attempts.containsAll(List.of("PRIMARY 200", "MIRROR 200")));
        }
    }

    @Test
    void copyOfAStreamIsSentTheSameAndItsAnswerIsDropped() {
        try (Ride ride = ride()) {
            ClientCall<String, String> call = begin(ride, Words.BIDI);
            call.sendMessage("a");
            call.sendMessage("b");
            call.halfClose();
            assertThat(primary().sent).containsExactly("a", "b", "/");
            assertThat(copy().sent).containsExactly("a", "b", "/");
            copy().connected().headers();
            copy().message("from the copy");
            copy().end(Status.ABORTED);
            primary().connected().headers();
            primary().message("answer");
            primary().end(Status.OK);
            assertThat(heard.end()).isEqualTo(Status.OK);
            assertThat(heard.messages).containsExactly("answer");
        }
    }

    @Test
    void copyIsSentWhatItTakes() {
        try (Ride ride = ride()) {
            hosts.started = line -> line.ready = line.attempt.kind() != Attempt.Kind.MIRROR;
            ClientCall<String, String> call = begin(ride, Words.BIDI);
            call.sendMessage("a");
            call.sendMessage("b");
            assertThat(primary().sent).containsExactly("a", "b");
            assertThat(copy().sent).isEmpty();
            assertThat(call.isReady()).isTrue();
            copy().connected().becomeReady();
            Eventually.is("caught up", () -> copy().sent.equals(List.of("a", "b")));
            call.halfClose();
            copy().end(Status.OK);
            primary().connected().end(Status.OK);
            heard.end();
        }
    }

    @Test
    void copyThatIsTooSlowIsGivenUp() {
        try (Ride ride = ride()) {
            hosts.started = line -> line.ready = line.attempt.kind() != Attempt.Kind.MIRROR;
            ClientCall<String, String> call = begin(ride, Words.BIDI);
            for (int i = 0; i < 100; i++) {
                call.sendMessage("a");
            }
            Eventually.is("it is cancelled", () -> copy().cancelled);
            assertThat(copy().sent).isEmpty();
            assertThat(primary().sent).hasSize(100);
            call.halfClose();
            primary().connected().end(Status.OK);
            assertThat(heard.end()).isEqualTo(Status.OK);
        }
    }
}
