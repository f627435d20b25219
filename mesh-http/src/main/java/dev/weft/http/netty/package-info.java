/**
 * Guards Reactor Netty's HTTP server. On each connection the first byte tells TLS from plaintext, the policy of that moment says whether it is
 * taken, and then two handlers before Reactor Netty's own hold each request, over HTTP/1.1 or HTTP/2, until it is decided on. What is
 * passed on has the judged path, authority and fields, so that routes cannot see anything else. Everything runs on the connection's event
 * loop and never blocks.
 */
@NullMarked
package dev.weft.http.netty;

import org.jspecify.annotations.NullMarked;
