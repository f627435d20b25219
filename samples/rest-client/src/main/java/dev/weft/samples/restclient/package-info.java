/** A Spring Boot application whose RestClient was there before Weft. */
@NullMarked
package dev.weft.samples.restclient;

import org.jspecify.annotations.NullMarked;
