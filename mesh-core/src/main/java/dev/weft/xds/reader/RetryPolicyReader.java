package dev.weft.xds.reader;

import com.google.protobuf.Any;
import dev.weft.config.RetryOn;
import dev.weft.config.RetryPolicy;
import dev.weft.proto.envoy.config.route.v3.RetryPolicy.RetryBackOff;
import dev.weft.proto.envoy.config.route.v3.RetryPolicy.RetryHostPredicate;
import dev.weft.proto.envoy.config.route.v3.RetryPolicy.RetryPriority;
import dev.weft.proto.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import dev.weft.proto.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code RetryPolicy} of a route or virtual host. */
final class RetryPolicyReader {
    private static final KnownFields POLICY = KnownFields.of(
                    dev.weft.proto.envoy.config.route.v3.RetryPolicy.getDescriptor())
            .honours(
                    "retry_on",
                    "num_retries",
                    "per_try_timeout",
                    "retry_priority",
                    "retry_host_predicate",
                    "host_selection_retry_max_attempts",
                    "retriable_status_codes",
                    "retry_back_off");
    private static final KnownFields BACK_OFF =
            KnownFields.of(RetryBackOff.getDescriptor()).honours("base_interval", "max_interval");

    /** Envoy's base; the longest wait is ten times the base unless said. */
    private static final Duration DEFAULT_BASE = Duration.ofMillis(25);

    private RetryPolicyReader() {}

    static RetryPolicy read(dev.weft.proto.envoy.config.route.v3.RetryPolicy found, Place place) {
        POLICY.check(found, place);
        Set<RetryOn> on = EnumSet.noneOf(RetryOn.class);
        for (String word : found.getRetryOn().split(",")) {
            if (!word.isBlank()) {
                condition(word.trim(), on, place);
            }
        }
        Set<Integer> codes = new HashSet<>();
        for (int i = 0; i < found.getRetriableStatusCodesCount(); i++) {
            int code = found.getRetriableStatusCodes(i);
            if (code < 100 || code > 599) {
                place.at("retriable_status_codes", i).refuse(code, "a status between 100 and 599");
            }
            codes.add(code);
        }
        int retries = found.hasNumRetries() ? found.getNumRetries().getValue() : 1;
        if (retries < 0) {
            place.refuse("num_retries", Integer.toUnsignedString(retries), "at most 2147483647");
            retries = 0;
        }
        long selections = found.getHostSelectionRetryMaxAttempts();
        if (selections < 0 || selections > 1_000) {
            place.refuse("host_selection_retry_max_attempts", selections, "between 0 and 1000");
            selections = 1;
        }
        Duration perTry = found.hasPerTryTimeout()
                ? Values.duration(found.getPerTryTimeout(), place.at("per_try_timeout"))
                : null;
        Duration base = DEFAULT_BASE;
        Duration max = DEFAULT_BASE.multipliedBy(10);
        if (found.hasRetryBackOff()) {
            Place at = place.at("retry_back_off");
            BACK_OFF.check(found.getRetryBackOff(), at);
            Duration wanted = Values.positive(found.getRetryBackOff().getBaseInterval(), at.at("base_interval"));
            base = wanted == null ? base : wanted;
            max = max(found.getRetryBackOff(), base, at);
        }
        return new RetryPolicy(
                on,
                codes,
                retries,
                perTry == null || perTry.isZero() ? null : perTry,
                base,
                max,
                avoidsPreviousHosts(found, place),
                found.getHostSelectionRetryMaxAttempts() == 0 ? 1 : (int) selections,
                found.hasRetryPriority()
                        ? previousPriorities(found.getRetryPriority(), place.at("retry_priority"))
                        : 0);
    }

    private static void condition(String word, Set<RetryOn> on, Place place) {
        RetryOn condition = RetryOn.of(word);
        if (condition == null) {
            place.refuse("retry_on", word, "conditions that Envoy knows, separated by commas");
        } else {
            on.add(condition);
        }
    }

    private static Duration max(RetryBackOff found, Duration base, Place place) {
        Duration max =
                found.hasMaxInterval() ? Values.positive(found.getMaxInterval(), place.at("max_interval")) : null;
        if (max == null) {
            return base.multipliedBy(10);
        }
        if (max.compareTo(base) < 0) {
            place.refuse("max_interval", max, "at least base_interval, which is " + base);
        }
        return max;
    }

    private static boolean avoidsPreviousHosts(dev.weft.proto.envoy.config.route.v3.RetryPolicy found, Place place) {
        boolean avoids = false;
        for (int i = 0; i < found.getRetryHostPredicateCount(); i++) {
            RetryHostPredicate predicate = found.getRetryHostPredicate(i);
            boolean known = predicate.getTypedConfig().is(PreviousHostsPredicate.class)
                    || isEmpty(predicate.getTypedConfig())
                            && predicate.getName().equals("envoy.retry_host_predicates.previous_hosts");
            if (!known) {
                place.at("retry_host_predicate", i)
                        .refuse(predicate.getName(), "envoy.retry_host_predicates.previous_hosts");
            }
            avoids |= known;
        }
        return avoids;
    }

    private static int previousPriorities(RetryPriority found, Place place) {
        if (!found.getTypedConfig().is(PreviousPrioritiesConfig.class)) {
            place.refuse(found.getName(), "envoy.retry_priorities.previous_priorities");
            return 0;
        }
        @Nullable
        PreviousPrioritiesConfig config =
                Values.unpack(found.getTypedConfig(), PreviousPrioritiesConfig.class, place.at("typed_config"));
        int frequency = config == null ? 1 : config.getUpdateFrequency();
        if (frequency < 1) {
            place.refuse("typed_config.update_frequency", frequency, "1 or more");
            return 0;
        }
        return frequency;
    }

    private static boolean isEmpty(Any any) {
        return any.getTypeUrl().isEmpty();
    }
}
