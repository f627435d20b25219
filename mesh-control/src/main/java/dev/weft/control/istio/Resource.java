package dev.weft.control.istio;

/**
 * A resource that was read.
 *
 * @param <S> its kind
 */
public record Resource<S extends Spec>(Meta meta, S spec) {}
