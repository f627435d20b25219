/**
 * Istio's resources as typed records, read from YAML or JSON with the place of every field kept. In: text. Out:
 * {@link dev.weft.control.istio.Parsed} resources with their problems. Nothing is ignored: a field that no reader asked for is
 * reported. Pure functions, any thread.
 */
@NullMarked
package dev.weft.control.istio;

import org.jspecify.annotations.NullMarked;
