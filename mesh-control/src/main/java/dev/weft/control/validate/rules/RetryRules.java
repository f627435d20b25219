package dev.weft.control.validate.rules;

import java.util.Set;
import java.util.stream.Stream;

/** When to try again. */
final class RetryRules {
    private static final Set<String> CONDITIONS = Set.of(
            "5xx",
            "gateway-error",
            "reset",
            "reset-before-request",
            "connect-failure",
            "retriable-4xx",
            "refused-stream",
            "retriable-status-codes",
            "retriable-headers",
            "envoy-ratelimited",
            "http3-post-connect-failure",
            "cancelled",
            "deadline-exceeded",
            "internal",
            "resource-exhausted",
            "unavailable");

    private RetryRules() {}

    static void check(Place retries) {
        if (!retries.present()) {
            return;
        }
        Place attempts = retries.get("attempts");
        if (attempts.number() < 0) {
            attempts.error("0 or more was expected");
        }
        boolean configured = retries.get("perTryTimeout").present()
                || retries.get("retryRemoteLocalities").present()
                || retries.get("retryOn").filled();
        if (attempts.number() == 0 && configured) {
            attempts.error("1 or more was expected beside other settings; 0 switches retries off");
        }
        Values.duration(retries.get("perTryTimeout"));
        Values.duration(retries.get("backoff"));
        Place on = retries.get("retryOn");
        if (on.filled()) {
            Stream.of(on.text().split(",", -1))
                    .filter(condition -> !CONDITIONS.contains(condition) && !status(condition))
                    .forEach(condition ->
                            on.error("\"" + condition + "\" is neither a condition such as 5xx nor a status"));
        }
    }

    /** Codes that HTTP has a name for. */
    private static boolean status(String text) {
        if (text.length() != 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        int code = Integer.parseInt(text);
        return within(code, 100, 103)
                || within(code, 200, 208)
                || code == 226
                || within(code, 300, 308) && code != 306
                || within(code, 400, 418)
                || within(code, 421, 426)
                || within(code, 428, 429)
                || code == 431
                || code == 451
                || within(code, 500, 508)
                || within(code, 510, 511);
    }

    private static boolean within(int code, int low, int high) {
        return code >= low && code <= high;
    }
}
