/** The packages of an application, which Spring Boot scans. */
@NullMarked
package dev.weft.spring.declared.shop;

import org.jspecify.annotations.NullMarked;
