package dev.weft.spring.autoconfigure;

import dev.weft.MeshHealth;
import java.util.Objects;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/**
 * The application's readiness is what the registry hears of its health: nobody is told of it before it accepts traffic, and nobody calls
 * it while it refuses traffic or is broken.
 */
final class Readiness implements ApplicationListener<AvailabilityChangeEvent<?>> {
    private static final String READINESS = "readiness";
    private static final String LIVENESS = "liveness";

    private final MeshHealth health;

    Readiness(MeshHealth health) {
        this.health = health;
        starting();
    }

    /** A server is up that is not to be called yet. */
    void starting() {
        health.down(READINESS, "starting");
    }

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
        // The management server's context comes and goes without saying anything about the application.
        if (event.getSource() instanceof ApplicationContext context && ServerContexts.ofManagement(context)) {
            return;
        }
        AvailabilityState state = event.getState();
        if (state == ReadinessState.ACCEPTING_TRAFFIC) {
            health.up(READINESS);
        } else if (state == ReadinessState.REFUSING_TRAFFIC) {
            health.down(READINESS, said(event));
        } else if (state == LivenessState.BROKEN) {
            health.down(LIVENESS, said(event));
        } else if (state == LivenessState.CORRECT) {
            health.up(LIVENESS);
        }
    }

    /** Whoever publishes an event may say why by its source. */
    private static String said(AvailabilityChangeEvent<?> event) {
        Object source = event.getSource();
        String state = String.valueOf(event.getState());
        return source instanceof Throwable || source instanceof CharSequence
                ? state + ", " + Objects.toString(source)
                : state;
    }
}
