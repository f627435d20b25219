/** JMH measurements: the decision path as a whole, and each of its stages. */
package dev.weft.benchmarks;
