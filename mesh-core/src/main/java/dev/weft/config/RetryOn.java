package dev.weft.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Conditions under which an attempt may be repeated; Envoy's words. */
public enum RetryOn {
    SERVER_ERROR("5xx"),
    GATEWAY_ERROR("gateway-error"),
    RESET("reset"),
    RESET_BEFORE_REQUEST("reset-before-request"),
    CONNECT_FAILURE("connect-failure"),
    REFUSED_STREAM("refused-stream"),
    RETRIABLE_4XX("retriable-4xx"),
    RETRIABLE_STATUS_CODES("retriable-status-codes"),
    RETRIABLE_HEADERS("retriable-headers"),
    ENVOY_RATELIMITED("envoy-ratelimited"),
    HTTP3_POST_CONNECT_FAILURE("http3-post-connect-failure"),
    CANCELLED("cancelled"),
    DEADLINE_EXCEEDED("deadline-exceeded"),
    INTERNAL("internal"),
    RESOURCE_EXHAUSTED("resource-exhausted"),
    UNAVAILABLE("unavailable");

    private final String word;

    RetryOn(String word) {
        this.word = word;
    }

    /** As written in configuration. */
    public String word() {
        return word;
    }

    /** The condition of that word, or null. */
    public static @Nullable RetryOn of(String word) {
        String wanted = word.trim().toLowerCase(Locale.ROOT);
        for (RetryOn condition : values()) {
            if (condition.word.equals(wanted)) {
                return condition;
            }
        }
        return null;
    }
}
