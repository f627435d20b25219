package dev.weft.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.RetryOn;
import dev.weft.engine.Attempt;
import dev.weft.grpc.link.LinkFailedException;
import dev.weft.http.kit.Eventually;
import dev.weft.http.kit.Snapshots;
import dev.weft.request.Inbound;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Deadlines, timeouts and callers who go. */
class TimesTest {
    private static final InetSocketAddress ONE = new InetSocketAddress("127.0.0.1", 1);
    private static final Metadata.Key<String> TIMEOUT = Words.key("grpc-timeout");

    private final ManualWorld world = World.manual();
    private final FakeHosts hosts = new FakeHosts();
    private final Heard heard = new Heard();

    private ClientCall<String, String> begin(Ride ride, CallOptions options) {
        ClientCall<String, String> call = ride.channel.newCall(Words.SERVER, options);
        call.start(heard, new Metadata());
        call.request(1);
        call.sendMessage("hello");
        call.halfClose();
        return call;
    }

    private Ride ride(Snapshots snapshots) {
        return new Ride(snapshots.at(ONE), world.world(), hosts);
    }

    @Test
    void deadlineOfTheCallIsTheEnginesAndTravels() {
        try (Ride ride = ride(Snapshots.reviews())) {
            begin(ride, ride.options().withDeadlineAfter(10, TimeUnit.SECONDS));
            FakeHosts.Line line = hosts.line(1).connected();
            assertThat(line.options.getDeadline()).isNull();
            assertThat(line.headers.get(TIMEOUT)).matches("\\d{4}m");
            world.advance(Duration.ofSeconds(11));
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(heard.status.getDescription()).contains("the caller's deadline passed (UT)");
            Eventually.is("it is cancelled", () -> line.cancelled);
            assertThat(ride.call().grpcStatus()).isEqualTo(4);
        }
    }

    @Test
    void deadlineAlreadyPassedIsToldWithoutAnAttempt() {
        try (Ride ride = ride(Snapshots.reviews())) {
            begin(ride, ride.options().withDeadlineAfter(-1, TimeUnit.SECONDS));
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(hosts.lines).isEmpty();
        }
    }

    @Test
    void answerThatNobodyAsksForIsNotWaitedForBeyondTheDeadline() {
        try (Ride ride = ride(Snapshots.reviews())) {
            ClientCall<String, String> call =
                    ride.channel.newCall(Words.UNARY, ride.options().withDeadlineAfter(10, TimeUnit.SECONDS));
            call.start(heard, new Metadata());
            call.sendMessage("hello");
            call.halfClose();
            FakeHosts.Line line = hosts.line(1).connected();
            line.headers();
            line.message("answer");
            line.end(Status.OK);
            assertThat(ride.call().grpcStatus()).isZero();
            Eventually.is("the end", () -> {
                world.advance(Duration.ofSeconds(11));
                return heard.closes.get() > 0;
            });
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void timeoutOfTheRouteIsDeadlineExceeded() {
        try (Ride ride = ride(Snapshots.reviews().timeout(Duration.ofSeconds(3)))) {
            begin(ride, ride.options());
            assertThat(hosts.line(1).headers.get(TIMEOUT)).isEqualTo("3000m");
            world.advance(Duration.ofSeconds(3));
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(heard.trailers.get(Words.key("x-mesh-flags"))).isEqualTo("UT");
        }
    }

    @Test
    void streamIsBrokenOffWhenItsTimeIsOver() {
        try (Ride ride = ride(Snapshots.reviews().timeout(Duration.ofSeconds(3)))) {
            begin(ride, ride.options());
            hosts.line(1).connected().headers();
            hosts.line(1).message("first");
            Eventually.is("heard", () -> heard.messages.size() == 1);
            world.advance(Duration.ofSeconds(3));
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(heard.trailers.get(Words.key("x-mesh-flags"))).isEqualTo("UT");
            Eventually.is("it is cancelled", () -> hosts.line(1).cancelled);
        }
    }

    @Test
    void tryThatTakesTooLongIsFollowedByAnother() {
        Duration perTry = Duration.ofSeconds(1);
        try (Ride ride = ride(Snapshots.reviews().retry(1, perTry, RetryOn.GATEWAY_ERROR))) {
            begin(ride, ride.options());
            hosts.line(1).connected();
            world.advance(perTry);
            world.advance(Duration.ofMillis(10));
            FakeHosts.Line second = hosts.line(2).connected();
            Eventually.is("it is cancelled", () -> hosts.line(1).cancelled);
            second.end(Status.OK);
            assertThat(heard.end()).isEqualTo(Status.OK);
            ride.attemptsWere("PRIMARY TIMEOUT", "RETRY 200");
        }
    }

    @Test
    void serverThatKeepsToTheTimeItWasToldIsLateAndNotLost() {
        try (Ride ride = ride(Snapshots.reviews().timeout(Duration.ofSeconds(3)))) {
            begin(ride, ride.options());
            hosts.line(1).connected().headers();
            Eventually.is("begun", () -> heard.head != null);
            world.advance(Duration.ofNanos(2_999_500_000L));
            hosts.line(1).lost(Status.CANCELLED.withDescription("RST_STREAM closed stream. HTTP/2 error code: CANCEL"));
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void whoWaitsForReadyIsNotToldOfHostsThatCannotBeReached() {
        Status refused =
                Status.UNAVAILABLE.withCause(new LinkFailedException(Attempt.Failure.CONNECT, "refused", null));
        try (Ride ride = ride(Snapshots.reviews())) {
            begin(ride, ride.options().withWaitForReady());
            assertThat(hosts.line(1).options.isWaitForReady()).isFalse();
            hosts.line(1).lost(refused);
            Eventually.is("tried again", () -> {
                world.advance(Duration.ofSeconds(1));
                return hosts.lines.size() > 1;
            });
            FakeHosts.Line second = hosts.line(2).connected();
            Eventually.is("sent again", () -> second.sent.size() == 2);
            assertThat(heard.closes).hasValue(0);
            second.end(Status.OK);
            assertThat(heard.end()).isEqualTo(Status.OK);
        }
    }

    @Test
    void deadlineOfTheContextCounts() {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (Ride ride = ride(Snapshots.reviews());
                Context.CancellableContext context =
                        Context.current().withDeadline(Deadline.after(20, TimeUnit.SECONDS), scheduler)) {
            context.run(() -> begin(ride, ride.options().withDeadlineAfter(30, TimeUnit.SECONDS)));
            assertThat(hosts.line(1).headers.get(TIMEOUT)).matches("\\d{4,5}m");
            world.advance(Duration.ofSeconds(21));
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void deadlineOfTheRequestThatIsServedCounts() throws Exception {
        try (Ride ride = ride(Snapshots.reviews())) {
            Inbound inbound = new Inbound(dev.weft.request.Deadline.after(0, 5_000_000_000L));
            try (Inbound.Scope scope = inbound.open()) {
                begin(ride, ride.options());
            }
            assertThat(hosts.line(1).headers.get(TIMEOUT)).isEqualTo("5000m");
            world.advance(Duration.ofSeconds(5));
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void cancelledContextCancelsTheCall() {
        try (Ride ride = ride(Snapshots.reviews());
                Context.CancellableContext context = Context.current().withCancellation()) {
            context.run(() -> begin(ride, ride.options()));
            hosts.line(1).connected();
            Throwable cause = new IllegalStateException("gone");
            context.cancel(cause);
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.CANCELLED);
            assertThat(heard.status.getCause()).isSameAs(cause);
            Eventually.is("it is cancelled", () -> hosts.line(1).cancelled);
        }
    }

    @Test
    void contextThatItsUserFoundTooSlowCancelsTheCall() {
        try (Ride ride = ride(Snapshots.reviews());
                Context.CancellableContext context = Context.current().withCancellation()) {
            context.run(() -> begin(ride, ride.options()));
            hosts.line(1).connected();
            context.cancel(new TimeoutException("the user's own"));
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(heard.status.getDescription()).isEqualTo("the user's own");
            Eventually.is("it is cancelled", () -> hosts.line(1).cancelled);
        }
    }

    @Test
    void contextThatIsOverMakesNoAttempt() {
        try (Ride ride = ride(Snapshots.reviews());
                Context.CancellableContext context = Context.current().withCancellation()) {
            context.cancel(null);
            context.run(() -> begin(ride, ride.options()));
            assertThat(heard.end().getCode()).isEqualTo(Status.Code.CANCELLED);
            assertThat(hosts.lines).isEmpty();
        }
    }

    @Test
    void attemptsKnowTheValuesOfTheContextAndTheListenerItsCancellation() {
        Context.Key<String> key = Context.key("test");
        Context[] seen = new Context[2];
        hosts.started = line -> seen[0] = Context.current();
        Heard listener = new Heard() {
            @Override
            public void onHeaders(Metadata headers) {
                seen[1] = Context.current();
                super.onHeaders(headers);
            }
        };
        try (Ride ride = ride(Snapshots.reviews());
                Context.CancellableContext context =
                        Context.current().withValue(key, "value").withCancellation()) {
            context.run(() -> {
                ClientCall<String, String> call = ride.channel.newCall(Words.UNARY, ride.options());
                call.start(listener, new Metadata());
            });
            hosts.line(1).connected().headers();
            hosts.line(1).end(Status.OK);
            listener.end();
            assertThat(key.get(seen[0])).isEqualTo("value");
            assertThat(key.get(seen[1])).isEqualTo("value");
            context.cancel(null);
            assertThat(seen[0].isCancelled()).isFalse();
            assertThat(seen[1].isCancelled()).isTrue();
        }
    }

    @Test
    void timeOnTheWireHasEightDigits() {
        assertThat(CallTime.onWire(Deadline.after(1, TimeUnit.HOURS))).matches("\\d{7}m");
        assertThat(CallTime.onWire(Deadline.after(10, TimeUnit.SECONDS))).matches("\\d{7}u");
        assertThat(CallTime.onWire(Deadline.after(365, TimeUnit.DAYS))).matches("\\d{8}S");
        assertThat(CallTime.onWire(Deadline.after(-1, TimeUnit.SECONDS))).isEqualTo("1n");
    }
}
