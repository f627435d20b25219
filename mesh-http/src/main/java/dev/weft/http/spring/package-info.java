/**
 * Spring's blocking clients: RestClient, RestTemplate and HTTP interfaces on either. A {@code ClientHttpRequestFactory} of our own
 * takes the place of the user's, below interceptors, initializers, observation and converters, and hands calls to hosts that are
 * none of the mesh's to the user's. Calls run on the caller's thread; bodies that stream are written on one that may block.
 */
@NullMarked
package dev.weft.http.spring;

import org.jspecify.annotations.NullMarked;
