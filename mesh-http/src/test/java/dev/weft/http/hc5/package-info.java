/** Apache HttpClient 5, wrapped. */
@NullUnmarked
package dev.weft.http.hc5;

import org.jspecify.annotations.NullUnmarked;
