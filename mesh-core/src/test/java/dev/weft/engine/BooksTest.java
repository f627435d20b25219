package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.CircuitBreakers;
import dev.weft.config.Fraction;
import dev.weft.config.LoadBalancingPolicy;
import dev.weft.config.Mirror;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.config.Rewrite;
import dev.weft.config.RouteAction;
import dev.weft.config.RouteMatch;
import dev.weft.config.Snapshots;
import dev.weft.engine.Attempt.Failure;
import dev.weft.request.Deadline;
import dev.weft.request.Headers;
import dev.weft.request.Hints;
import dev.weft.request.ResponseHead;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens to a call, in whatever order, it ends once and gives back what it took. */
final class BooksTest {
    private static final int[] STATUSES = {200, 503, 404, 502, 200};

    @Property
    void everyCallEndsOnceAndGivesBackWhatItTook(
            @ForAll @Size(max = 40) List<@IntRange(max = 11) Integer> events, @ForAll boolean streaming) {
        Calls calls = calls();
        FakeAdapter call = Calls.begin(
                calls.get("http://reviews:9080/", new ExchangeOptions(Hints.NONE, Deadline.NONE, !streaming)));
        int step = 0;
        for (int event : events) {
            happen(calls, call, event, step++);
        }
        // The server answers nothing more, the caller waits: time must end it.
        if (streaming) {
            call.exchange().requestComplete();
        }
        for (int i = 0; i < 60; i++) {
            calls.advance(100);
        }
        Set<Attempt> open = new HashSet<>(call.sent);
        open.removeAll(call.cancelled);
        open.forEach(attempt -> attempt.closed(new Attempt.Closed(0, 0, false, null)));

        long ends = call.commands.stream()
                .filter(command -> command.startsWith("reply") || command.startsWith("deliver"))
                .count();
        boolean left = calls.observer.calls.get(0).flags().contains(dev.weft.request.ResponseFlag.DC);
        assertThat(ends).as("%s", call.commands).isEqualTo(left && ends == 0 ? 0 : 1);
        assertThat(calls.observer.calls).hasSize(1);
        assertThat(calls.observer.attempts).as("each attempt is reported once").hasSize(call.sent.size());
        assertThat(call.wish).as("nobody wants to be woken any more").isEqualTo(Long.MAX_VALUE);
        calls.assertBooksClosed();
    }

    private static void happen(Calls calls, FakeAdapter call, int event, int step) {
        Attempt attempt = call.sent.isEmpty() ? null : call.sent.get(step % call.sent.size());
        switch (event) {
            case 0 -> calls.advance(20 * step);
            case 1 -> call.exchange().bodyNotReplayable();
            case 2 -> call.exchange().requestComplete();
            case 3 -> {
                if (step > 12) {
                    call.exchange().cancel();
                }
            }
            case 4 -> call.exchange().wake();
            case 5 -> calls.source.set(snapshot());
            default -> {
                if (attempt != null) {
                    happen(attempt, event, step);
                }
            }
        }
    }

    private static void happen(Attempt attempt, int event, int step) {
        switch (event) {
            case 6 -> attempt.connected(step % 2 == 0);
            case 7, 8 -> attempt.headers(new ResponseHead(STATUSES[step % STATUSES.length], Headers.EMPTY), false);
            case 9 -> attempt.failed(Failure.values()[step % Failure.values().length], null);
            case 10 -> attempt.requestSent();
            default -> attempt.closed(new Attempt.Closed(1, 2, step % 2 == 0, null));
        }
    }

    private static Calls calls() {
        return new Calls(snapshot());
    }

    private static dev.weft.config.MeshSnapshot snapshot() {
        long none = CircuitBreakers.UNLIMITED;
        RetryPolicy policy = new RetryPolicy(
                Set.of(RetryOn.SERVER_ERROR),
                Set.of(),
                3,
                Duration.ofMillis(300),
                Duration.ofMillis(25),
                Duration.ofMillis(250),
                true,
                5,
                2);
        return Snapshots.empty()
                .host(
                        "reviews",
                        9080,
                        Snapshots.route(
                                RouteMatch.everything(),
                                new RouteAction.Forward(
                                        List.of(Snapshots.weighted("reviews", 1)),
                                        Duration.ofSeconds(2),
                                        null,
                                        policy,
                                        List.of(),
                                        Rewrite.NONE,
                                        List.of(new Mirror("shadow", Fraction.ALL)))))
                .cluster(
                        Snapshots.cluster(
                                "reviews",
                                new LoadBalancingPolicy.RoundRobin(null),
                                new CircuitBreakers(none, none, 1, 2, null),
                                null),
                        "a:1",
                        "b:1")
                .cluster(Snapshots.cluster("shadow"), "s:1")
                .snapshot();
    }
}
