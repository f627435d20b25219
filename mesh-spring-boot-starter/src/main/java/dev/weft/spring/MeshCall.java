package dev.weft.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a method of a {@link MeshClient} has different from the others; what is unset is inherited. Strings take {@code ${...}}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface MeshCall {
    /** Of the whole call with its retries: {@code 500ms}, {@code 2s}, {@code PT2S}; {@code none}: no default, and no inherited one. */
    String timeout() default "";

    /** When and how often the call is repeated; each attribute that is unset is inherited. */
    Retry retry() default @Retry;

    /** The request may be repeated even if its method says otherwise: a POST that the service recognises when it comes twice. */
    boolean idempotent() default false;
}
