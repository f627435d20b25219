/**
 * Interfaces as clients of gRPC services. In comes an interface whose methods are called like those of a generated service; {@code Form}
 * says in which ways a method can make a call. Calls go over a channel of Spring gRPC's, on the caller's thread, and carry what is declared
 * for them as call options.
 */
@NullMarked
package dev.weft.spring.declared.grpc;

import org.jspecify.annotations.NullMarked;
