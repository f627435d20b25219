/**
 * The connections of one channel: a load-balancing policy that sends each attempt where the engine has decided.
 */
@NullMarked
package dev.weft.grpc.link;

import org.jspecify.annotations.NullMarked;
