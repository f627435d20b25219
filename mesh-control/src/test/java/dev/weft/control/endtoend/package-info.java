/** The library's xDS client against the whole control plane, over real connections on loopback. */
@org.jspecify.annotations.NullMarked
package dev.weft.control.endtoend;
