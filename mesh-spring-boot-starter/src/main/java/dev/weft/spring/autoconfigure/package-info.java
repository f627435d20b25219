/**
 * One mesh per application: what the {@code Environment} says goes in with its origins, the running servers are its ports, the
 * application's readiness is its health, and it leaves before the servers stop. Everything here runs on the threads that start and
 * stop the application.
 */
@NullMarked
package dev.weft.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
