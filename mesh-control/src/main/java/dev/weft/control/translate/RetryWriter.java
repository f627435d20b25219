package dev.weft.control.translate;

import dev.weft.control.istio.HttpRoute.Retries;
import dev.weft.control.translate.wire.Words;
import dev.weft.proto.envoy.config.route.v3.RetryPolicy;
import dev.weft.proto.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import dev.weft.proto.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes retry policies, with Istio's defaults. */
final class RetryWriter {
    private static final int ATTEMPTS = 2;
    private static final String STATUS_CODES = "retriable-status-codes";
    private static final String RETRY_ON = "connect-failure,refused-stream,unavailable,cancelled," + STATUS_CODES;
    private static final int HOST_SELECTION_ATTEMPTS = 5;
    /** Envoy's own words: after every two attempts the priorities tried are left out. */
    private static final int PRIORITY_UPDATE_FREQUENCY = 2;

    private RetryWriter() {}

    /**
     * The policy, or null for no retries.
     *
     * @param said by the route or by the mesh, or null for Istio's default
     * @param hashed the host is chosen by hash: it is avoided on a retry only if that was written
     */
    static @Nullable RetryPolicy write(@Nullable Retries said, boolean hashed) {
        if (said != null && (said.attempts() == null || said.attempts() <= 0)) {
            return null;
        }
        RetryPolicy.Builder out = RetryPolicy.newBuilder().setHostSelectionRetryMaxAttempts(HOST_SELECTION_ATTEMPTS);
        int attempts = said == null || said.attempts() == null ? ATTEMPTS : said.attempts();
        out.setNumRetries(Words.uint32(attempts));
        writeConditions(said == null ? null : said.retryOn(), out);
        Boolean ignorePrevious = said == null ? null : said.retryIgnorePreviousHosts();
        if (ignorePrevious == null ? !hashed : ignorePrevious) {
            out.addRetryHostPredicate(RetryPolicy.RetryHostPredicate.newBuilder()
                    .setName("envoy.retry_host_predicates.previous_hosts")
                    .setTypedConfig(Words.any(PreviousHostsPredicate.getDefaultInstance())));
        }
        if (said == null) {
            return out.build();
        }
        if (said.perTryTimeout() != null) {
            out.setPerTryTimeout(Words.duration(said.perTryTimeout()));
        }
        if (said.backoff() != null) {
            out.setRetryBackOff(RetryPolicy.RetryBackOff.newBuilder().setBaseInterval(Words.duration(said.backoff())));
        }
        if (Boolean.TRUE.equals(said.retryRemoteLocalities())) {
            out.setRetryPriority(RetryPolicy.RetryPriority.newBuilder()
                    .setName("envoy.retry_priorities.previous_priorities")
                    .setTypedConfig(Words.any(PreviousPrioritiesConfig.newBuilder()
                            .setUpdateFrequency(PRIORITY_UPDATE_FREQUENCY)
                            .build())));
        }
        return out.build();
    }

    private static void writeConditions(@Nullable String retryOn, RetryPolicy.Builder out) {
        if (retryOn == null || retryOn.isBlank()) {
            out.setRetryOn(RETRY_ON);
            return;
        }
        List<String> words = new ArrayList<>();
        for (String word : retryOn.split(",")) {
            String condition = word.trim();
            if (condition.matches("[0-9]+")) {
                out.addRetriableStatusCodes(Integer.parseInt(condition));
            } else if (!condition.isEmpty()) {
                words.add(condition);
            }
        }
        if (out.getRetriableStatusCodesCount() > 0 && !words.contains(STATUS_CODES)) {
            words.add(STATUS_CODES);
        }
        out.setRetryOn(String.join(",", words));
    }
}
