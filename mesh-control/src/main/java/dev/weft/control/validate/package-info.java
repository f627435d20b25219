/**
 * Accepts or refuses resources as Istio does, and says what of an accepted one an in-process mesh honours. In: the text of a
 * file. Out: a {@link dev.weft.control.validate.Verdict} for each document, with problems that name file, line, field, value
 * and what was expected. {@code schema} has the catalogue of fields, {@code rules} what goes beyond shape. Pure functions, any
 * thread.
 */
@NullMarked
package dev.weft.control.validate;

import org.jspecify.annotations.NullMarked;
