package dev.weft.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.RetryOn;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Snapshots;
import dev.weft.request.ResponseFlag;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Streams over a real transport. */
class StreamsTest {
    private final Heard heard = new Heard();

    private ClientCall<String, String> begin(Ride ride, MethodDescriptor<String, String> method) {
        ClientCall<String, String> call = ride.channel.newCall(method, ride.options());
        call.start(heard, new Metadata());
        return call;
    }

    @Test
    void conversationGoesBackAndForth() {
        try (Stop stop = new Stop(Scripts.answering(m -> "re: " + m));
                Ride ride = new Ride(Snapshots.reviews().at(stop.address()))) {
            ClientCall<String, String> call = begin(ride, Words.BIDI);
            call.request(10);
            for (int i = 0; i < 3; i++) {
                call.sendMessage("m" + i);
                int expected = i + 1;
                Eventually.is("answer " + expected, () -> heard.messages.size() == expected);
            }
            call.halfClose();
            assertThat(heard.end()).isEqualTo(Status.OK);
            assertThat(heard.messages).containsExactly("re: m0", "re: m1", "re: m2");
            assertThat(ride.call().bytesSent()).isPositive();
            assertThat(ride.call().bytesReceived()).isPositive();
        }
    }

    @Test
    void slowReaderHoldsTheServerBack() {
        String large = "x".repeat(16_384);
        AtomicInteger sent = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        ServerCallHandler<String, String> flood = (call, headers) -> {
            call.sendHeaders(new Metadata());
            call.request(1);
            return new ServerCall.Listener<>() {
                @Override
                public void onReady() {
                    while (call.isReady() && sent.get() < 1_000) {
                        sent.incrementAndGet();
                        call.sendMessage(large);
                    }
                    if (sent.get() == 1_000 && ended.compareAndSet(false, true)) {
                        call.close(Status.OK, new Metadata());
                    }
                }
            };
        };
        try (Stop stop = new Stop(flood);
                Ride ride = new Ride(Snapshots.reviews().at(stop.address()))) {
            ClientCall<String, String> call = begin(ride, Words.SERVER);
            call.request(1);
            call.sendMessage("go");
            call.halfClose();
            Eventually.is("one message", () -> heard.messages.size() == 1);
            Eventually.is("the server is held back", () -> !stop.calls.get(0).isReady());
            assertThat(sent.get()).isLessThan(1_000);
            call.request(5);
            Eventually.is("five more", () -> heard.messages.size() == 6);
            assertThat(heard.closes).hasValue(0);
            call.request(1_000);
            assertThat(heard.end()).isEqualTo(Status.OK);
            assertThat(heard.messages.size()).isEqualTo(1_000);
        }
    }

    @Test
    void slowServerHoldsTheWriterBack() {
        String large = "x".repeat(16_384);
        AtomicInteger written = new AtomicInteger();
        try (Stop stop = new Stop((call, headers) -> new ServerCall.Listener<>() {});
                Ride ride = new Ride(Snapshots.reviews().at(stop.address()))) {
            ClientCall<String, String> call = ride.channel.newCall(Words.CLIENT, ride.options());
            Heard writer = new Heard() {
                @Override
                public void onReady() {
                    super.onReady();
                    while (call.isReady() && written.get() < 1_000) {
                        written.incrementAndGet();
                        call.sendMessage(large);
                    }
                }
            };
            call.start(writer, new Metadata());
            // More than gRPC keeps for another try, less than everything: that is as far as one gets unheard.
            Eventually.is("written ahead", () -> written.get() * 16_384L > ReplayMemory.PER_CALL);
            assertThat(written).hasValueLessThan(1_000);
            stop.calls.get(0).request(1_000);
            Eventually.is("all written", () -> written.get() == 1_000);
            call.cancel("the test is over", null);
            writer.end();
        }
    }

    @Test
    void uploadIsRepeatedWholeOnAnotherTry() {
        ServerCallHandler<String, String> counting = (call, headers) -> {
            call.request(100);
            StringBuilder all = new StringBuilder();
            return new ServerCall.Listener<>() {
                @Override
                public void onMessage(String message) {
                    all.append(message);
                }

                @Override
                public void onHalfClose() {
                    call.sendHeaders(new Metadata());
                    call.sendMessage(all.toString());
                    call.close(Status.OK, new Metadata());
                }
            };
        };
        try (Stop stop = new Stop(Scripts.first(Scripts.ending(Status.UNAVAILABLE), counting));
                Ride ride = new Ride(
                        Snapshots.reviews().retry(1, null, RetryOn.UNAVAILABLE).at(stop.address()))) {
            ClientCall<String, String> call = begin(ride, Words.CLIENT);
            call.request(2);
            call.sendMessage("a");
            call.sendMessage("b");
            Eventually.is("tried again", () -> stop.heads.size() == 2);
            call.sendMessage("c");
            call.halfClose();
            assertThat(heard.end()).isEqualTo(Status.OK);
            assertThat(heard.messages).containsExactly("abc");
            assertThat(stop.heads.get(1).get(Words.key("grpc-previous-rpc-attempts")))
                    .isEqualTo("1");
            ride.attemptsWere("PRIMARY 200", "RETRY 200");
        }
    }

    @Test
    void nothingIsRepeatedOnceTheHeadIsTheCallers() {
        ServerCallHandler<String, String> halfway = (call, headers) -> {
            call.sendHeaders(new Metadata());
            call.sendMessage("first");
            call.close(Status.UNAVAILABLE, new Metadata());
            return new ServerCall.Listener<>() {};
        };
        try (Stop stop = new Stop(halfway);
                Ride ride = new Ride(Snapshots.reviews()
                        .retry(3, null, RetryOn.UNAVAILABLE, RetryOn.SERVER_ERROR)
                        .at(stop.address()))) {
            ClientCall<String, String> call = begin(ride, Words.SERVER);
            call.request(10);
            call.sendMessage("go");
            call.halfClose();
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(heard.messages).containsExactly("first");
            assertThat(stop.heads).hasSize(1);
        }
    }

    @Test
    void connectionLostInTheMiddleIsUnavailable() {
        FakeHosts hosts = new FakeHosts();
        try (Ride ride = new Ride(Snapshots.reviews().at(new InetSocketAddress("127.0.0.1", 1)), hosts)) {
            ClientCall<String, String> call = begin(ride, Words.BIDI);
            call.request(10);
            hosts.line(1).connected().headers();
            hosts.line(1).lost(Status.UNAVAILABLE.withDescription("Network closed for unknown reason"));
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(ride.call().flags()).containsExactly(ResponseFlag.UC);
        }
    }

    @Test
    void callerWhoGoesCancelsAtTheServer() {
        AtomicInteger cancelled = new AtomicInteger();
        ServerCallHandler<String, String> waiting = (call, headers) -> new ServerCall.Listener<>() {
            @Override
            public void onCancel() {
                cancelled.incrementAndGet();
            }
        };
        try (Stop stop = new Stop(waiting);
                Ride ride = new Ride(Snapshots.reviews().at(stop.address()))) {
            ClientCall<String, String> call = begin(ride, Words.BIDI);
            Eventually.is("arrived", () -> stop.calls.size() == 1);
            Throwable cause = new IllegalStateException("why");
            call.cancel("changed his mind", cause);
            Status status = heard.end();
            assertThat(status.getCode()).isEqualTo(Status.Code.CANCELLED);
            assertThat(status.getDescription()).isEqualTo("changed his mind");
            assertThat(status.getCause()).isSameAs(cause);
            Eventually.is("told the server", () -> cancelled.get() == 1);
            ride.attemptsWere("PRIMARY 0");
        }
    }

    @Test
    void listenerThatThrowsHearsNothingButItsEnd() {
        RuntimeException mistake = new IllegalStateException("a mistake in the application");
        Heard failing = new Heard() {
            @Override
            public void onMessage(String message) {
                messages.add(message);
                throw mistake;
            }
        };
        FakeHosts hosts = new FakeHosts();
        try (Ride ride = new Ride(Snapshots.reviews().at(new InetSocketAddress("127.0.0.1", 1)), hosts)) {
            ClientCall<String, String> call = ride.channel.newCall(Words.UNARY, ride.options());
            call.start(failing, new Metadata());
            FakeHosts.Line line = hosts.line(1).connected();
            line.headers();
            line.message("one");
            line.message("two");
            line.end(Status.OK);
            Eventually.is("the head is handed over", () -> failing.head != null);
            Eventually.is("all is there", () -> ride.mesh.outbound().active() == 0);
            call.request(2);
            Status status = failing.end();
            assertThat(failing.messages).containsExactly("one");
            assertThat(status.getCode()).isEqualTo(Status.Code.CANCELLED);
            assertThat(status.getCause()).isSameAs(mistake);
        }
    }

    @Test
    void listenerThatThrowsEndsTheCall() {
        RuntimeException mistake = new IllegalStateException("a mistake in the application");
        Heard failing = new Heard() {
            @Override
            public void onMessage(String message) {
                throw mistake;
            }
        };
        try (Stop stop = new Stop(Scripts.answering(m -> m));
                Ride ride = new Ride(Snapshots.reviews().at(stop.address()))) {
            ClientCall<String, String> call = ride.channel.newCall(Words.BIDI, ride.options());
            call.start(failing, new Metadata());
            call.request(10);
            call.sendMessage("a");
            Status status = failing.end();
            assertThat(status.getCode()).isEqualTo(Status.Code.CANCELLED);
            assertThat(status.getCause()).isSameAs(mistake);
        }
    }
}
