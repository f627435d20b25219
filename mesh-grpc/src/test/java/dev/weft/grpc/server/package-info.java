/** Tests of guarded servers, with real connections. */
@NullMarked
package dev.weft.grpc.server;

import org.jspecify.annotations.NullMarked;
