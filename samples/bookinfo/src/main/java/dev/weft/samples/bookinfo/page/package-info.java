/** What the product page knows of the services behind it, and how that looks in HTML. No I/O. */
@NullMarked
package dev.weft.samples.bookinfo.page;

import org.jspecify.annotations.NullMarked;
