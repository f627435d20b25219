package dev.weft.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.HeaderOps;
import dev.weft.config.RetryOn;
import dev.weft.grpc.MeshGrpc;
import dev.weft.http.kit.Snapshots;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.InternalMetadata;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What travels beside messages. */
class MetadataTest {
    private static final Metadata.Key<byte[]> BINARY = Metadata.Key.of("proof-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final byte[] BYTES = {0, -1, 44, 10, 127, -128};

    private final Heard heard = new Heard();

    /** Sends the caller's metadata back, in the head and in the trailers. */
    private static ServerCallHandler<String, String> echo() {
        return (call, arrived) -> {
            Metadata headers = new Metadata();
            headers.merge(arrived);
            call.sendHeaders(headers);
            call.request(1);
            return new ServerCall.Listener<>() {
                @Override
                public void onMessage(String message) {
                    call.sendMessage(message);
                    call.close(Status.OK, headers);
                }
            };
        };
    }

    private void call(Ride ride, CallOptions options, Metadata headers) {
        ClientCall<String, String> call = ride.channel.newCall(Words.UNARY, options);
        call.start(heard, headers);
        call.request(2);
        call.sendMessage("hello");
        call.halfClose();
        heard.end();
    }

    private static Metadata given() {
        Metadata headers = new Metadata();
        headers.put(Words.key("colour"), "red");
        headers.put(Words.key("colour"), "blue");
        headers.put(BINARY, BYTES);
        headers.put(BINARY, new byte[0]);
        return headers;
    }

    private static HeaderOps ops(String name, String value, List<String> remove) {
        return new HeaderOps(List.of(new HeaderOps.Setting(name, value, HeaderOps.Action.OVERWRITE)), remove);
    }

    @Test
    void arrivesAsItWasGivenInBothDirections() {
        try (Stop stop = new Stop(echo());
                Ride ride = new Ride(Snapshots.reviews().at(stop.address()))) {
            call(ride, ride.options(), given());
            for (Metadata seen : List.of(stop.heads.get(0), heard.head, heard.trailers)) {
                assertThat(seen.getAll(Words.key("colour"))).containsExactly("red", "blue");
                assertThat(seen.getAll(BINARY)).containsExactly(BYTES, new byte[0]);
            }
            assertThat(stop.heads.get(0).get(Words.key("x-request-id"))).isNotEmpty();
            assertThat(stop.heads.get(0).get(Words.key("traceparent"))).isEqualTo("attempt-1");
            assertThat(stop.heads.get(0).get(Words.key("x-envoy-attempt-count")))
                    .isEqualTo("1");
            assertThat(stop.calls.get(0).getAuthority()).isEqualTo("reviews:9080");
        }
    }

    @Test
    void routeChangesHeadsAndLeavesBytesAlone() {
        HeaderOps request = ops("added", "by route", List.of("colour"));
        HeaderOps response = ops("seen", "yes", List.of("added"));
        try (Stop stop = new Stop(echo());
                Ride ride = new Ride(Snapshots.reviews()
                        .requestHeaders(request)
                        .responseHeaders(response)
                        .at(stop.address()))) {
            call(ride, ride.options(), given());
            assertThat(stop.heads.get(0).get(Words.key("added"))).isEqualTo("by route");
            assertThat(stop.heads.get(0).get(Words.key("colour"))).isNull();
            assertThat(heard.head.get(Words.key("seen"))).isEqualTo("yes");
            assertThat(heard.head.get(Words.key("added"))).isNull();
            assertThat(heard.head.getAll(BINARY)).containsExactly(BYTES, new byte[0]);
        }
    }

    @Test
    void headOfAnAnswerWithoutMessagesIsChangedToo() {
        HeaderOps response = ops("seen", "yes", List.of());
        Metadata trailers = new Metadata();
        trailers.put(BINARY, BYTES);
        try (Stop stop = new Stop(Scripts.ending(Status.ABORTED.withDescription("50 % done"), trailers));
                Ride ride =
                        new Ride(Snapshots.reviews().responseHeaders(response).at(stop.address()))) {
            call(ride, ride.options(), new Metadata());
            assertThat(heard.status.getCode()).isEqualTo(Status.Code.ABORTED);
            assertThat(heard.status.getDescription()).isEqualTo("50 % done");
            assertThat(heard.trailers.get(Words.key("seen"))).isEqualTo("yes");
            assertThat(heard.trailers.get(BINARY)).isEqualTo(BYTES);
            assertThat(heard.trailers.keys()).doesNotContain("content-type", "grpc-status");
        }
    }

    @Test
    void serverCannotSpeakForTheMesh() {
        Metadata claims = new Metadata();
        claims.put(Words.key("x-mesh-flags"), "UH");
        claims.put(Words.key("x-mesh-reason"), "made up");
        try (Stop stop = new Stop(Scripts.ending(Status.UNAVAILABLE, claims));
                Ride ride = new Ride(Snapshots.reviews().at(stop.address()))) {
            call(ride, ride.options(), new Metadata());
            assertThat(heard.trailers.keys()).doesNotContain("x-mesh-flags", "x-mesh-reason");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x!y", "-bin"})
    void namesThatGrpcCannotSayEndNoCall(String name) {
        Metadata odd = InternalMetadata.newMetadata(
                name.getBytes(StandardCharsets.US_ASCII), "value".getBytes(StandardCharsets.US_ASCII));
        try (Stop stop = new Stop(Scripts.ending(Status.ABORTED, odd));
                Ride ride = new Ride(Snapshots.reviews()
                        .requestHeaders(ops(name, "value", List.of()))
                        .responseHeaders(ops(name, "other", List.of()))
                        .at(stop.address()))) {
            call(ride, ride.options(), new Metadata());
            assertThat(heard.status.getCode()).isEqualTo(Status.Code.ABORTED);
        }
    }

    @Test
    void injectedFaultIsALocalEnd() {
        try (Stop stop = new Stop(echo());
                Ride ride = new Ride(Snapshots.reviews().abort(429).at(stop.address()))) {
            call(ride, ride.options(), new Metadata());
            assertThat(heard.status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(heard.trailers.get(Words.key("x-mesh-flags"))).isEqualTo("FI");
            assertThat(heard.trailers.get(Words.key("x-mesh-reason"))).isEqualTo(heard.status.getDescription());
            assertThat(stop.heads).isEmpty();
        }
    }

    @Test
    void compressionOfTheCallIsUsed() {
        try (Stop stop = new Stop(echo());
                Ride ride = new Ride(Snapshots.reviews().at(stop.address()))) {
            call(ride, ride.options().withCompression("gzip"), new Metadata());
            assertThat(stop.heads.get(0).get(Words.key("grpc-encoding"))).isEqualTo("gzip");
            assertThat(heard.messages).containsExactly("hello");
        }
    }

    @Test
    void credentialsAreAskedForEveryAttempt() {
        AtomicInteger asked = new AtomicInteger();
        CallCredentials credentials = credentials(applier -> {
            Metadata token = new Metadata();
            token.put(Words.key("authorization"), "token " + asked.incrementAndGet());
            applier.apply(token);
        });
        try (Stop stop = new Stop(Scripts.first(Scripts.ending(Status.UNAVAILABLE), echo()));
                Ride ride = new Ride(
                        Snapshots.reviews().retry(1, null, RetryOn.UNAVAILABLE).at(stop.address()))) {
            call(ride, ride.options().withCallCredentials(credentials), new Metadata());
            assertThat(heard.messages).containsExactly("hello");
            assertThat(stop.heads)
                    .extracting(head -> head.get(Words.key("authorization")))
                    .containsExactly("token 1", "token 2");
        }
    }

    @Test
    void credentialsThatCannotBeHadEndTheCallAndAccuseNoHost() {
        CallCredentials credentials =
                credentials(applier -> applier.fail(Status.UNAUTHENTICATED.withDescription("no token")));
        try (Stop stop = new Stop(echo());
                Ride ride = new Ride(
                        Snapshots.reviews().retry(3, null, RetryOn.SERVER_ERROR).at(stop.address()))) {
            call(ride, ride.options().withCallCredentials(credentials), new Metadata());
            assertThat(heard.status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(heard.status.getDescription()).contains("no token");
            ride.attemptsWere("PRIMARY 0");
        }
    }

    private static CallCredentials credentials(Consumer<CallCredentials.MetadataApplier> how) {
        return new CallCredentials() {
            @Override
            public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
                how.accept(applier);
            }
        };
    }

    @Test
    void callTellsItsTransportAndItsExplanation() {
        try (Stop stop = new Stop(echo());
                Ride ride = new Ride(Snapshots.reviews().at(stop.address()))) {
            ClientCall<String, String> call = ride.channel.newCall(Words.UNARY, ride.options());
            call.start(heard, new Metadata());
            call.request(2);
            call.sendMessage("hello");
            call.halfClose();
            heard.end();
            assertThat(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR))
                    .isEqualTo(stop.address());
            assertThat(call.getAttributes().get(MeshGrpc.EXPLANATION).get().toString())
                    .contains("to-reviews");
        }
    }
}
