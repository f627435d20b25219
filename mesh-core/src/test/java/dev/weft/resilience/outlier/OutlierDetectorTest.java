package dev.weft.resilience.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.Endpoint;
import dev.weft.config.OutlierDetection;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import dev.weft.upstream.Host;
import dev.weft.upstream.Upstream;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a host is taken out, for how long, and what must not take it out. */
final class OutlierDetectorTest {
    private final ManualWorld world = World.manual();
    private final Upstream upstream = new Upstream("reviews", world);
    private final OutlierDetector detector = new OutlierDetector(upstream, world.world());

    @Test
    void theNthErrorInARowEjects() {
        watch(5, settings(5, 20));
        errors(host(0), 4, 503);
        assertThat(upstream.ejected()).isZero();

        errors(host(0), 1, 503);
        assertThat(upstream.ejected()).isEqualTo(1);
        assertThat(host(0).ejection().cause()).isEqualTo("5 consecutive 5xx");
    }

    @Test
    void anyOtherAnswerEndsTheStreak() {
        watch(5, settings(5, 20));
        errors(host(0), 4, 500);
        errors(host(0), 1, 404);
        errors(host(0), 4, 500);

        assertThat(upstream.ejected()).isZero();
    }

    @Test
    void istiosDefaultOfTenPercentEjectsNobodyUnderTenHosts() {
        watch(5, settings(5, 10));
        errors(host(0), 50, 503);
        assertThat(upstream.ejected()).isZero();
        assertThat(detector.overflows())
                .as("counted, and the streak begins anew")
                .isEqualTo(10);

        watch(10, settings(5, 10));
        errors(host(0), 5, 503);
        assertThat(upstream.ejected()).isEqualTo(1);
    }

    @Test
    void aHostComesBackWithTheFirstSweepAfterItsTime() {
        watch(2, settings(5, 50));
        world.advance(Duration.ofSeconds(3));
        errors(host(0), 5, 503);

        world.advance(Duration.ofMillis(36_999));
        assertThat(upstream.ejected())
                .as("33 s have passed, but no sweep since")
                .isEqualTo(1);
        world.advance(Duration.ofMillis(1));
        assertThat(upstream.ejected()).isZero();
    }

    @Test
    void eachEjectionLastsLongerUpToTheMaximum() {
        watch(2, settings(1, 50));
        int[] lasted = new int[14];
        for (int i = 0; i < lasted.length; i++) {
            errors(host(0), 1, 503);
            assertThat(upstream.ejected()).isEqualTo(1);
            while (upstream.ejected() == 1) {
                world.advance(Duration.ofSeconds(10));
                lasted[i] += 10;
            }
        }

        assertThat(lasted).containsExactly(30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300, 300, 300);
    }

    @Test
    void goodBehaviourShortensTheNextEjection() {
        watch(2, settings(1, 50));
        errors(host(0), 1, 503);
        world.advance(Duration.ofSeconds(30));
        errors(host(0), 1, 503);
        world.advance(Duration.ofSeconds(60));
        assertThat(upstream.ejected()).isZero();

        world.advance(Duration.ofSeconds(10));
        errors(host(0), 1, 503);
        assertThat(host(0).ejection().untilNanos() - host(0).ejection().sinceNanos())
                .as("3 times the base, less one for the sweep that found it well")
                .isEqualTo(60_000_000_000L);
    }

    @Test
    void theSweepStopsWhenThereIsNothingToWatch() {
        watch(2, settings(1, 50));
        assertThat(world.pendingTimers()).isZero();
        errors(host(0), 1, 503);
        assertThat(world.pendingTimers()).isEqualTo(1);

        world.advance(Duration.ofSeconds(50));
        assertThat(world.pendingTimers()).isZero();
    }

    @Test
    void gatewayErrorsHaveACountOfTheirOwn() {
        watch(
                2,
                new OutlierDetection(0, 100, 3, 100, false, 5, 100, seconds(10), seconds(30), seconds(300), 50, false));
        errors(host(0), 2, 502);
        errors(host(0), 1, 500);
        errors(host(0), 2, 504);
        assertThat(upstream.ejected()).as("a 500 is none and ends the streak").isZero();
        errors(host(0), 1, 503);
        assertThat(upstream.ejected()).isEqualTo(1);
    }

    @Test
    void lostConnectionsCountAs503UnlessTheyAreSplitOff() {
        watch(2, settings(2, 50));
        lose(host(0), 2);
        assertThat(upstream.ejected()).isEqualTo(1);
    }

    @Test
    void splitOffTheyHaveACountOfTheirOwnThatAnyAnswerEnds() {
        watch(2, new OutlierDetection(2, 100, 0, 0, true, 3, 100, seconds(10), seconds(30), seconds(300), 50, false));
        lose(host(0), 2);
        errors(host(0), 1, 500);
        lose(host(0), 2);
        assertThat(upstream.ejected()).isZero();
        detector.timedOut(host(0));
        world.advance(Duration.ZERO);
        assertThat(upstream.ejected()).isEqualTo(1);
    }

    @Test
    void whatIsNotEnforcedIsOnlyForgotten() {
        watch(2, new OutlierDetection(2, 30, 0, 0, false, 5, 100, seconds(10), seconds(30), seconds(300), 100, false));
        world.dice(30, 29);
        errors(host(0), 2, 500);
        assertThat(upstream.ejected()).as("30 is not under 30").isZero();
        errors(host(1), 2, 500);
        assertThat(upstream.ejected()).isEqualTo(1);
    }

    @Test
    void settingsThatGoAwayLetEverybodyBackIn() {
        watch(2, settings(1, 50));
        errors(host(0), 1, 503);
        detector.settings(null);

        assertThat(upstream.ejected()).isZero();
        assertThat(world.pendingTimers()).isZero();
        errors(host(0), 9, 503);
        assertThat(upstream.ejected()).isZero();
    }

    private void watch(int hosts, OutlierDetection settings) {
        upstream.update(ClusterLoadAssignment.of(
                "reviews",
                IntStream.range(0, hosts)
                        .mapToObj(i -> Endpoint.of("10.0.0." + i, 80))
                        .toList()));
        detector.settings(settings);
    }

    private static OutlierDetection settings(int consecutive, int maxPercent) {
        return new OutlierDetection(
                consecutive, 100, 0, 0, false, 5, 100, seconds(10), seconds(30), seconds(300), maxPercent, false);
    }

    private void errors(Host host, int count, int status) {
        for (int i = 0; i < count; i++) {
            detector.answered(host, status);
            world.advance(Duration.ZERO);
        }
    }

    private void lose(Host host, int count) {
        for (int i = 0; i < count; i++) {
            detector.lost(host);
            world.advance(Duration.ZERO);
        }
    }

    private Host host(int index) {
        return upstream.hosts().priorities().get(0).all().get(index);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
