/**
 * OpenFeign on the mesh: its {@code Client} and {@code AsyncClient}, below encoders, decoders, interceptors and capabilities. Comes in: a
 * request whose body is whole; goes out: a response whose body streams. Answers of the mesh are responses, so that Feign's own
 * repetitions, which follow exceptions, leave them alone.
 */
@NullMarked
package dev.weft.http.feign;

import org.jspecify.annotations.NullMarked;
