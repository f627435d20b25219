package dev.weft.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.config.RetryOn;
import dev.weft.http.kit.Snapshots;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import org.junit.jupiter.api.Test;

class UnaryTest {
    @Test
    void answerOfTheChosenHostIsTheCallers() {
        try (Stop stop = new Stop(Scripts.answering(m -> "re: " + m));
                Ride ride = new Ride(Snapshots.reviews().at(stop.address()))) {
            String answer = ClientCalls.blockingUnaryCall(ride.channel, Words.UNARY, ride.options(), "hello");
            assertThat(answer).isEqualTo("re: hello");
            ride.attemptsWere("PRIMARY 200");
            assertThat(ride.call().grpcStatus()).isZero();
        }
    }

    @Test
    void unavailableIsRetriedOnAnotherHost() {
        ServerCallHandler<String, String> script =
                Scripts.first(Scripts.ending(Status.UNAVAILABLE), Scripts.answering(m -> "re: " + m));
        try (Stop one = new Stop(script);
                Stop other = new Stop(script);
                Ride ride = new Ride(
                        Snapshots.reviews().retry(1, null, RetryOn.UNAVAILABLE).at(one.address(), other.address()))) {
            assertThat(ClientCalls.blockingUnaryCall(ride.channel, Words.UNARY, ride.options(), "hello"))
                    .isEqualTo("re: hello");
            ride.attemptsWere("PRIMARY 200", "RETRY 200");
            assertThat(one.heads).hasSize(1);
            assertThat(other.heads).hasSize(1);
        }
    }

    @Test
    void statusOfTheServerIsTheCallers() {
        try (Stop stop = new Stop(Scripts.ending(Status.NOT_FOUND.withDescription("no such word")));
                Ride ride = new Ride(Snapshots.reviews().at(stop.address()))) {
            StatusRuntimeException failure = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> ClientCalls.blockingUnaryCall(ride.channel, Words.UNARY, ride.options(), "hello"));
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(failure.getStatus().getDescription()).isEqualTo("no such word");
        }
    }

    @Test
    void noHostIsUnavailableWithTheReason() {
        try (Ride ride = new Ride(Snapshots.reviews().at())) {
            StatusRuntimeException failure = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> ClientCalls.blockingUnaryCall(ride.channel, Words.UNARY, ride.options(), "hello"));
            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(failure.getStatus().getDescription()).contains("no healthy host (UH)");
            assertThat(failure.getTrailers().get(Words.key("x-mesh-flags"))).isEqualTo("UH");
        }
    }
}
