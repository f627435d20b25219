package dev.weft.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Time, timers and dice come from {@code dev.weft.runtime}: only so can a decision be replayed. */
final class OutsideWorldTest {

    private static final Map<Class<?>, Set<String>> CLOCKS = Map.of(
            System.class, Set.of("nanoTime", "currentTimeMillis"),
            Instant.class, Set.of("now"),
            LocalDateTime.class, Set.of("now"),
            Clock.class, Set.of("systemUTC", "systemDefaultZone", "system"),
            Thread.class, Set.of("sleep"),
            Math.class, Set.of("random"));

    @Test
    void nobodyButRuntimeReadsAClockOrSleeps() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.weft.runtime..")
                .should()
                .accessTargetWhere(DescribedPredicate.describe("it is a clock or a sleep", OutsideWorldTest::isClock))
                .check(Product.classes());
    }

    @TestFactory
    Stream<DynamicTest> nobodyButRuntimeUses() {
        return Stream.of(
                        Random.class,
                        ThreadLocalRandom.class,
                        Executors.class,
                        ScheduledThreadPoolExecutor.class,
                        java.util.Timer.class)
                .map(banned -> DynamicTest.dynamicTest(
                        banned.getSimpleName(),
                        () -> noClasses()
                                .that()
                                .resideOutsideOfPackage("dev.weft.runtime..")
                                .should()
                                .dependOnClassesThat()
                                .belongToAnyOf(banned)
                                .check(Product.classes())));
    }

    private static boolean isClock(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        return CLOCKS.entrySet().stream()
                .anyMatch(clock -> target.getOwner().isEquivalentTo(clock.getKey())
                        && clock.getValue().contains(target.getName()));
    }
}
