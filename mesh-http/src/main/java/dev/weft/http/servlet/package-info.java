/**
 * Guards servlet containers (Servlet 6.1: Tomcat 11, Jetty 12.1) by a filter. The container has accepted the connection, and chosen the servlet
 * by its own reading of the path, before a filter runs; so the filter has both paths judged, and shows the application the head that was
 * judged. Runs on the container's threads and leaves them while somebody else has to be asked.
 */
@NullMarked
package dev.weft.http.servlet;

import org.jspecify.annotations.NullMarked;
