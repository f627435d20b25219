/** What a native image has to keep of Weft and cannot find by itself. Asked while an application is processed ahead of time. */
@NullMarked
package dev.weft.spring.aot;

import org.jspecify.annotations.NullMarked;
