/**
 * What a call through the mesh does alike whatever protocol it speaks: where it is tried, how long, what is refused, who is told. A protocol
 * says how its servers answer and how a call of it is made ({@link dev.weft.http.kit.call.Protocol}), and inherits {@link
 * dev.weft.http.kit.call.CallContract}.
 */
@NullMarked
package dev.weft.http.kit.call;

import org.jspecify.annotations.NullMarked;
