/**
 * The contract that every HTTP client adapter keeps, and what its tests need: servers that behave and servers that do not, a
 * configuration of one service, a watch over connections and buffers. An adapter's test class extends {@link
 * dev.weft.http.kit.HttpClientContract} and says how its client sends.
 */
@NullMarked
package dev.weft.http.kit;

import org.jspecify.annotations.NullMarked;
