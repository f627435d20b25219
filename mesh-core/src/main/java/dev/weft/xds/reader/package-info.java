/**
 * Envoy's messages into {@code config} records; protobuf stops here. A reader honours every field that is set, skips those
 * that mean nothing inside a process ({@link dev.weft.xds.reader.KnownFields} lists them), and turns any other into a {@link
 * dev.weft.config.ConfigProblem}. Readers are stateless and may be called from any thread; they throw for no input.
 */
@NullMarked
package dev.weft.xds.reader;

import org.jspecify.annotations.NullMarked;
