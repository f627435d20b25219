/**
 * One gRPC call on the engine: the user's {@code ClientCall} on one side, a call of its own for each attempt on the other. What the user
 * sends goes to every attempt that is alive and is kept as long as another one may come; what he hears is the answer of the one that the
 * engine delivers. {@link dev.weft.grpc.call.MeshCall} is the user's side, {@link dev.weft.grpc.call.Commands} the engine's, {@link
 * dev.weft.grpc.call.Flight} an attempt. Methods of a call come from the user's thread, commands from the engine's, events from the attempts'
 * executors; {@link dev.weft.grpc.call.Upload} and {@link dev.weft.grpc.call.Downstream} are where they meet.
 */
@NullMarked
package dev.weft.grpc.call;

import org.jspecify.annotations.NullMarked;
