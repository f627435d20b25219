package dev.weft.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.RetryOn;
import dev.weft.engine.Attempt.Failure;
import dev.weft.grpc.link.LinkFailedException;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Snapshots;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.handler.codec.http2.Http2Error;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** Ends without a word from the server. */
class FailuresTest {
    private final FakeHosts hosts = new FakeHosts();
    private final Heard heard = new Heard();

    private Ride ride(RetryOn on) {
        return new Ride(Snapshots.reviews().retry(1, null, on).at(new InetSocketAddress("127.0.0.1", 1)), hosts);
    }

    private ClientCall<String, String> begin(Ride ride) {
        ClientCall<String, String> call = ride.channel.newCall(Words.UNARY, ride.options());
        call.start(heard, new Metadata());
        call.request(2);
        call.sendMessage("hello");
        call.halfClose();
        return call;
    }

    private void isTriedAgain(RetryOn on, Runnable failure, String attempt) {
        try (Ride ride = ride(on)) {
            begin(ride);
            failure.run();
            hosts.line(2).connected().end(Status.OK);
            assertThat(heard.end()).isEqualTo(Status.OK);
            ride.attemptsWere("PRIMARY " + attempt, "RETRY 200");
        }
    }

    private static Status unavailable(String words) {
        return Status.UNAVAILABLE.withDescription(words);
    }

    @Test
    void noConnectionIsAConnectFailure() {
        Status refused = Status.UNAVAILABLE.withCause(new LinkFailedException(Failure.CONNECT, "refused", null));
        isTriedAgain(RetryOn.CONNECT_FAILURE, () -> hosts.line(1).lost(refused), "CONNECT");
    }

    @Test
    void noTrustIsOne() {
        Status distrusted = Status.UNAVAILABLE.withCause(
                new java.io.IOException(new LinkFailedException(Failure.TLS, "not whom we meant", null)));
        isTriedAgain(RetryOn.CONNECT_FAILURE, () -> hosts.line(1).lost(distrusted), "TLS");
    }

    @Test
    void refusedStreamIsToldByWords() {
        Status refused = unavailable("RST_STREAM closed stream. HTTP/2 error code: REFUSED_STREAM");
        isTriedAgain(RetryOn.REFUSED_STREAM, () -> hosts.line(1).connected().lost(refused), "REFUSED_STREAM");
    }

    /** The words are gRPC's, and may change with a release. */
    @Test
    void wordsAreThoseThatGrpcHasForAStreamRefusedOnAConnection() {
        try (RefusingServer server = new RefusingServer(Http2Error.REFUSED_STREAM);
                Ride ride = new Ride(Snapshots.reviews()
                        .retry(1, null, RetryOn.REFUSED_STREAM)
                        .at(server.address()))) {
            begin(ride);
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(heard.trailers.get(Words.key("x-mesh-flags"))).isEqualTo("UR,URX");
            ride.attemptsWere("PRIMARY REFUSED_STREAM", "RETRY REFUSED_STREAM");
        }
    }

    @Test
    void otherResetsAreNoRefusals() {
        try (RefusingServer server = new RefusingServer(Http2Error.INTERNAL_ERROR);
                Ride ride = new Ride(Snapshots.reviews()
                        .retry(1, null, RetryOn.REFUSED_STREAM)
                        .at(server.address()))) {
            begin(ride);
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(heard.trailers.get(Words.key("x-mesh-flags"))).isEqualTo("UC");
            ride.attemptsWere("PRIMARY RESET");
        }
    }

    @Test
    void streamThatNeverLeftIsToldByWords() {
        Status buffered = unavailable("GOAWAY closed buffered stream. HTTP/2 error code: NO_ERROR");
        isTriedAgain(RetryOn.REFUSED_STREAM, () -> hosts.line(1).connected().lost(buffered), "REFUSED_STREAM");
    }

    @Test
    void repetitionOfGrpcsOwnIsARefusedStream() {
        isTriedAgain(
                RetryOn.REFUSED_STREAM,
                () -> {
                    FakeHosts.Line line = hosts.line(1).connected();
                    line.options
                            .getStreamTracerFactories()
                            .get(0)
                            .newClientStreamTracer(
                                    ClientStreamTracer.StreamInfo.newBuilder()
                                            .setIsTransparentRetry(true)
                                            .build(),
                                    new Metadata());
                    Eventually.is("it is cancelled", () -> line.cancelled);
                },
                "REFUSED_STREAM");
    }

    @Test
    void connectionLostAfterTheRequestIsAReset() {
        isTriedAgain(RetryOn.RESET, () -> hosts.line(1).connected().lost(unavailable("Network closed")), "RESET");
    }

    @Test
    void connectionLostBeforeTheRequestSaysSo() {
        Runnable lost = () -> {
            FakeHosts.Line line = hosts.line(1);
            line.tracer.streamCreated(io.grpc.Attributes.EMPTY, line.headers);
            line.lost(unavailable("Network closed"));
        };
        isTriedAgain(RetryOn.RESET_BEFORE_REQUEST, lost, "RESET_BEFORE_REQUEST");
    }

    @Test
    void proxyThatDoesNotSpeakGrpcHasAnHttpStatus() {
        Status html = unavailable("HTTP status code 502\ninvalid content-type: text/html");
        isTriedAgain(RetryOn.GATEWAY_ERROR, () -> hosts.line(1).connected().lost(html), "502");
    }

    @Test
    void channelThatShutsDownAccusesNobody() {
        try (Ride ride = ride(RetryOn.SERVER_ERROR)) {
            begin(ride);
            Status shutdown = unavailable("Channel shutdownNow invoked");
            hosts.line(1).lost(shutdown);
            assertThat(heard.end()).isEqualTo(shutdown);
            assertThat(hosts.lines).hasSize(1);
        }
    }

    @Test
    void reasonOfTheLastFailureIsTheCallers() {
        Status refused = Status.UNAVAILABLE.withCause(new LinkFailedException(Failure.CONNECT, "refused", null));
        try (Ride ride = ride(RetryOn.CONNECT_FAILURE)) {
            begin(ride);
            hosts.line(1).lost(refused);
            hosts.line(2).lost(refused);
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(heard.status.getDescription())
                    .contains("attempt 2 on 127.0.0.1:1: no connection (UF)", "all retries are used up (URX)");
            assertThat(heard.trailers.get(Words.key("x-mesh-flags"))).isEqualTo("UF,URX");
        }
    }
}
