/** Clients side by side: contenders in, rounds that take turns, a table out. */
package dev.weft.benchmarks.compare;
