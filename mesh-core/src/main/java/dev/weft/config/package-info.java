/**
 * What the control plane said: immutable records, checked in their constructors, shared by readers, router and load
 * balancers. Nothing here is live and nothing here is a wire type. A reader turns bad input into {@link ConfigProblem}s
 * before it builds a record; an exception from a constructor is a defect of the reader.
 */
@NullMarked
package dev.weft.config;

import org.jspecify.annotations.NullMarked;
