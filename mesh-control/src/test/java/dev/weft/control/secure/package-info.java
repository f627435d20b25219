/** The TLS port end to end: a whole control plane, asked by plain gRPC clients over real connections. */
package dev.weft.control.secure;
