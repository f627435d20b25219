/**
 * Turns the catalog into xDS resources, per kind of client and lazily: a class of clients that see the same share one {@link
 * dev.weft.control.ads.View}, and a resource is made when somebody first asks for it. In: {@code store} and {@code registry}.
 * Out: views for {@code ads}. The {@code *Writer}s mirror the client's readers; each turns one idea into its message. Any thread.
 */
@NullMarked
package dev.weft.control.translate;

import org.jspecify.annotations.NullMarked;
