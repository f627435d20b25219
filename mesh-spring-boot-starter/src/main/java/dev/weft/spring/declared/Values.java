package dev.weft.spring.declared;

import static java.util.Objects.requireNonNull;

import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.engine.CallDefaults;
import dev.weft.settings.SettingProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** Turns what properties and annotations say into {@link CallDefaults}, and notes what it cannot. Not for concurrent use. */
final class Values {
    /** What holds where an annotation says something of retries but not everything. */
    private static final RetryPolicy OPEN = RetryPolicy.ISTIO_DEFAULT;

    private static final String DURATION = "a duration with its unit, like 500ms or 2s";

    private final UnaryOperator<String> placeholders;
    private final List<SettingProblem> problems;

    /** @param placeholders resolves {@code ${...}}, throws IllegalArgumentException where it cannot */
    Values(UnaryOperator<String> placeholders, List<SettingProblem> problems) {
        this.placeholders = placeholders;
        this.problems = problems;
    }

    /** With its {@code ${...}} resolved, or null, which has been noted. */
    @Nullable
    String resolved(String place, String written) {
        try {
            return placeholders.apply(written);
        } catch (IllegalArgumentException e) {
            problem(place, written, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** A value that is wrong. */
    void problem(String place, Object value, String expected) {
        note(new SettingProblem(place, "`" + value + "`", expected));
    }

    /** Once, although every method of an interface reads what it inherits. */
    void note(SettingProblem problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /**
     * @param layers the first that speaks of a field wins
     * @param otherwise the place where nothing is said
     */
    CallDefaults merged(List<Layer> layers, boolean idempotent, String otherwise) {
        Set<String> timeoutBy = new LinkedHashSet<>();
        Set<String> retryBy = new LinkedHashSet<>();
        Duration timeout = timeout(layers, timeoutBy);
        RetryPolicy retry = retry(layers, retryBy);
        return new CallDefaults(timeout, retry, idempotent, place(timeoutBy, otherwise), place(retryBy, otherwise));
    }

    private static String place(Set<String> origins, String otherwise) {
        return origins.isEmpty() ? otherwise : String.join(" and ", origins);
    }

    private @Nullable Duration timeout(List<Layer> layers, Set<String> origins) {
        Layer layer = first(layers, Layer::timeout, origins);
        if (layer == null) {
            return null;
        }
        String place = layer.at("timeout", "timeout");
        String text = resolved(place, requireNonNull(layer.timeout()));
        return text == null || text.equals("none") ? null : duration(place, text, DURATION + ", or none");
    }

    private @Nullable RetryPolicy retry(List<Layer> layers, Set<String> origins) {
        Layer often = first(layers, Layer::attempts, origins);
        Layer when = first(layers, Layer::retryOn, origins);
        Layer bound = first(layers, Layer::perTryTimeout, origins);
        if (often == null && when == null && bound == null) {
            return null;
        }
        Set<RetryOn> on = OPEN.on();
        Set<Integer> codes = new HashSet<>();
        if (when != null) {
            on = EnumSet.noneOf(RetryOn.class);
            conditions(when, on, codes);
        }
        return new RetryPolicy(
                on,
                codes,
                often == null ? OPEN.retries() : attempts(often),
                bound == null ? null : perTry(bound),
                OPEN.backoffBase(),
                OPEN.backoffMax(),
                OPEN.avoidPreviousHosts(),
                OPEN.hostSelectionAttempts(),
                OPEN.avoidPreviousPriorities());
    }

    private static @Nullable Layer first(
            List<Layer> layers, Function<Layer, @Nullable Object> field, Set<String> origins) {
        for (Layer layer : layers) {
            if (field.apply(layer) != null) {
                origins.add(layer.origin());
                return layer;
            }
        }
        return null;
    }

    private void conditions(Layer layer, Set<RetryOn> on, Set<Integer> codes) {
        String place = layer.at("retry.retryOn", "retry.retry-on");
        String words = resolved(place, requireNonNull(layer.retryOn()));
        if (words == null) {
            return;
        }
        for (String each : words.split(",")) {
            String word = each.trim();
            RetryOn condition = RetryOn.of(word);
            if (condition != null) {
                on.add(condition);
            } else if (word.matches("[1-5][0-9][0-9]")) {
                codes.add(Integer.valueOf(word));
                on.add(RetryOn.RETRIABLE_STATUS_CODES);
            } else {
                problem(place, word, "status codes, or conditions out of " + known());
            }
        }
    }

    private int attempts(Layer layer) {
        int written = requireNonNull(layer.attempts());
        if (written < 0) {
            problem(
                    layer.at("retry.attempts", "retry.attempts"),
                    written,
                    "further attempts after the first, 0 or more");
            return 0;
        }
        return written;
    }

    private @Nullable Duration perTry(Layer layer) {
        String place = layer.at("retry.perTryTimeout", "retry.per-try-timeout");
        String text = resolved(place, requireNonNull(layer.perTryTimeout()));
        return text == null ? null : duration(place, text, DURATION);
    }

    private @Nullable Duration duration(String place, String text, String expected) {
        try {
            boolean hasUnit = !Character.isDigit(text.charAt(text.length() - 1));
            Duration duration = hasUnit ? DurationStyle.detectAndParse(text) : Duration.ZERO;
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException(text);
            }
            return duration;
        } catch (IllegalArgumentException | ArithmeticException e) {
            problem(place, text, expected);
            return null;
        }
    }

    private static String known() {
        List<String> words = new ArrayList<>();
        for (RetryOn condition : RetryOn.values()) {
            words.add(condition.word());
        }
        return String.join(", ", words);
    }
}
