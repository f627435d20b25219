package dev.weft.control.istio;

/**
 * A kind of Istio that the data path does not use yet, kept as it was written.
 *
 * @param spec the whole {@code spec}
 */
public record OtherSpec(YamlNode spec) implements Spec {}
