/**
 * Which fields Istio's resources have, of which type, and what an in-process mesh does with each: one catalogue, read from
 * the {@code *.fields} files beside these classes, which the parser's strictness, the verdicts and the table in {@code docs/}
 * all come from. Immutable once read; any thread.
 */
@NullMarked
package dev.weft.control.validate.schema;

import org.jspecify.annotations.NullMarked;
