/**
 * Which channels are the mesh's: takes the names that the mesh knows from the resolvers that would have asked DNS, as the configuration
 * comes and goes.
 */
@NullMarked
package dev.weft.grpc.target;

import org.jspecify.annotations.NullMarked;
