package dev.weft.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Retries of a {@link MeshClient} or {@link MeshCall}, in Istio's words and with its meaning; never on its own. The budget of the
 * service and the deadline of the call bound them.
 */
@Target({})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Retry {
    /** Further attempts after the first; 0: none. Unset: 2, if another attribute is set. */
    int attempts() default -1;

    /**
     * Conditions or status codes, separated by commas: {@code 5xx}, {@code connect-failure,503}. Unset: Istio's default,
     * {@code connect-failure,refused-stream,unavailable,cancelled}.
     */
    String retryOn() default "";

    /** Of one attempt: {@code 200ms}. Unset: that of the whole call. */
    String perTryTimeout() default "";
}
