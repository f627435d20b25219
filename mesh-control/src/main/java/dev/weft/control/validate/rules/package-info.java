/**
 * What Istio's validation demands beyond the shape of a resource: hosts that are names, weights that add up, blocks that
 * exclude each other. In: a resource's YAML whose shape was checked. Out: problems with places. A file per kind or block; pure
 * functions, any thread.
 */
@NullMarked
package dev.weft.control.validate.rules;

import org.jspecify.annotations.NullMarked;
